import type { DataChoice } from "../experiment/data-choice.ts";
import { readDigits } from "./datasets/digits.ts";
import { type Pictures, splitPictures } from "./datasets/pictures.ts";
import { drawPoints } from "./datasets/points.ts";
import { readTable, type Table } from "./datasets/table.ts";
import type { TrainingData } from "./training-data.ts";

/** The visitor's own samples, where the choice is such. */
export interface OwnData {
  readonly pictures?: Pictures;
  readonly table?: Table;
}

/** @returns nothing where the choice is the visitor's own data, and there are none yet. @throws FormatError (the promise rejects) */
export async function loadData(
  choice: DataChoice,
  own: OwnData,
  fetchDigits: () => Promise<Uint8Array>,
): Promise<TrainingData | undefined> {
  switch (choice.kind) {
    case "digits":
      return readDigits(await fetchDigits());
    case "images":
      return own.pictures && splitPictures(own.pictures);
    case "csv":
      return own.table && readTable(own.table);
    default:
      return drawPoints(choice);
  }
}
