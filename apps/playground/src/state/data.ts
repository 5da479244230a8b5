import { signal } from "@preact/signals";
import type { OwnData } from "../engine/load-data.ts";
import type { DataInfo } from "../engine/preview.ts";

/** The visitor's own samples, which stay on the visitor's machine. */
export const ownData = signal<OwnData>({});

/** Of the data that the worker has loaded; nothing while there are none. */
export const dataInfo = signal<DataInfo | undefined>(undefined);

/** Why there are none. */
export const dataProblem = signal<string | undefined>(undefined);
