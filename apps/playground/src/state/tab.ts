import { signal } from "@preact/signals";

export const tabNames = ["train", "lab", "inside", "take-away"] as const;
export type TabName = (typeof tabNames)[number];

export const tab = signal<TabName>("train");
