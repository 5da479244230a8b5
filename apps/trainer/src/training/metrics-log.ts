import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { isRecord, parseJson } from "../files/json.ts";
import { explainingFileErrors } from "../files/system-error.ts";
import { writeAll } from "../files/write-all.ts";
import { writeAtomically } from "../files/write-atomically.ts";

/** A line of metrics.jsonl. There are no times in it: equal runs have equal files. */
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
      readonly best: boolean;
    }
  | {
      readonly event: "test";
      /** Whose weights were tested. */
      readonly epoch: number;
      readonly testLoss: number;
      readonly testAccuracy: number;
      readonly samples: number;
      /** The hash of the weights at the end of training. */
      readonly finalWeights: string;
    };

/** Adds a line, and brings it to the disk. @throws UsageError that explains why it cannot be written */
export function appendMetrics(file: string, metrics: Metrics): void {
  explainingFileErrors(`Cannot write ${file}`, "What was saved before is still there.", () => {
    const log = openSync(file, "a");
    try {
      writeAll(log, new TextEncoder().encode(`${JSON.stringify(metrics)}\n`));
    } finally {
      closeSync(log);
    }
  });
}

/** Drops what was written after `epochs`, and a line that was cut off: a run that goes on from there writes it again. */
export function rewindMetrics(file: string, epochs: number): void {
  const lines = readLines(file);
  if (lines.length === 0) return;
  const kept = lines.filter((line) => isUpTo(line, epochs)).map((line) => `${line}\n`);
  writeAtomically(file, kept.join(""));
}

/** Whether the test after the end of training is there. */
export const hasTest = (file: string): boolean =>
  readLines(file).some((line) => {
    const metrics = parseJson(line);
    return isRecord(metrics) && metrics.event === "test";
  });

function readLines(file: string): string[] {
  if (!existsSync(file)) return [];
  return explainingFileErrors(`Cannot read ${file}`, "Is it readable?", () => readFileSync(file, "utf8")).split("\n");
}

/** Not for an empty line, or one that was cut off. */
function isUpTo(line: string, epochs: number): boolean {
  const metrics = parseJson(line);
  return isRecord(metrics) && metrics.event === "epoch" && typeof metrics.epoch === "number" && metrics.epoch <= epochs;
}
