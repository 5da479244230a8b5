import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@pointwise/tensor";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeAtomically } from "../../src/files/write-atomically.ts";
import { appendMetrics, type Metrics, rewindMetrics } from "../../src/training/metrics-log.ts";
import { disk, useSmallDisk } from "./small-disk.ts";

useSmallDisk();

let folder: string;
let file: string;
beforeEach(() => {
  Object.assign(disk, { free: Number.POSITIVE_INFINITY, atOnce: Number.POSITIVE_INFINITY });
  afterEach(() => rmSync(folder, { recursive: true }));
  folder = mkdtempSync(join(tmpdir(), "pointwise-"));
  file = join(folder, "file");
});

const content = (name = "file") => readFileSync(join(folder, name), "utf8");

test("writes all that the system takes bit by bit, and leaves nothing else", () => {
  disk.atOnce = 3;
  writeAtomically(file, "ten bytes.");
  expect(content()).toBe("ten bytes.");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("keeps the previous file", () => {
  for (const text of ["one", "two", "three"]) writeAtomically(file, text, join(folder, "previous"));
  expect([content(), content("previous")]).toEqual(["three", "two"]);
});

test.each([0, 1, 5, 9])("on a disk that is full after %i bytes, what was there stays", (free) => {
  writeFileSync(file, "old");
  disk.free = free;
  const write = () => writeAtomically(file, "ten bytes.", join(folder, "previous"));
  expect(write).toThrow(UsageError);
  disk.free = free;
  expect(write).toThrow(`Cannot write ${file}: the disk is full. What was there before is still there.`);
  expect(readdirSync(folder)).toEqual(["file"]);
  expect(content()).toBe("old");
});

const epoch = (n: number): Metrics => ({
  ...{ event: "epoch", epoch: n, trainLoss: 1, trainAccuracy: 0, validationLoss: 1, validationAccuracy: 0 },
  ...{ lr: 0.1, best: n === 1 },
});

test("a line of metrics that did not fit on the disk is dropped when the run goes on", () => {
  appendMetrics(file, epoch(1));
  const one = content();
  disk.free = 20;
  expect(() => appendMetrics(file, epoch(2))).toThrow("the disk is full");
  expect(content()).toHaveLength(one.length + 20);
  disk.free = Number.POSITIVE_INFINITY;
  rewindMetrics(file, 1);
  expect(content()).toBe(one);
  appendMetrics(file, epoch(2));
  appendMetrics(file, { event: "test", epoch: 1, testLoss: 1, testAccuracy: 0, samples: 2, finalWeights: "0" });
  rewindMetrics(file, 1);
  expect(content()).toBe(one);
});
