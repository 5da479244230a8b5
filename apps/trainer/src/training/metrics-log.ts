import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { isRecord, parseJson } from "../files/json.ts";
import { explainingFileErrors } from "../files/system-error.ts";
import { writeAtomically } from "../files/write-atomically.ts";

/** A line of metrics.jsonl. */
export type Metrics =
  | {
      readonly event: "epoch";
      /** Counted from 1. */
      readonly epoch: number;
      readonly trainLoss: number;
      readonly trainAccuracy: number;
      readonly validationLoss: number;
      readonly validationAccuracy: number;
      /** At the end of the epoch. */
      readonly lr: number;
      readonly seconds: number;
      readonly samplesPerSecond: number;
      readonly best: boolean;
    }
  | {
      readonly event: "test";
      /** Whose weights were tested. */
      readonly epoch: number;
      readonly testLoss: number;
      readonly testAccuracy: number;
      readonly samples: number;
    };

/** Adds a line. @throws UsageError that explains why it cannot be written */
export function appendMetrics(file: string, metrics: Metrics): void {
  explainingFileErrors(`Cannot write ${file}`, "What was saved before is still there.", () =>
    appendFileSync(file, `${JSON.stringify(metrics)}\n`),
  );
}

/** Drops what was written after `epochs`: a run that goes on from there writes it again. */
export function rewindMetrics(file: string, epochs: number): void {
  if (!existsSync(file)) return;
  const lines = readFileSync(file, "utf8").split("\n");
  writeAtomically(
    file,
    lines
      .filter((line) => isUpTo(line, epochs))
      .map((line) => `${line}\n`)
      .join(""),
  );
}

/** Not for an empty line, or one that was cut off. */
function isUpTo(line: string, epochs: number): boolean {
  const metrics = parseJson(line);
  return isRecord(metrics) && metrics.event === "epoch" && Number(metrics.epoch) <= epochs;
}
