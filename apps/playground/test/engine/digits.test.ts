import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { loadMnist } from "../../../trainer/src/datasets/mnist.ts";
import { readDigits } from "../../src/engine/datasets/digits.ts";
import { drawPoints } from "../../src/engine/datasets/points.ts";
import { knownShape } from "../../src/experiment/data-choice.ts";
import { theDigits } from "./data.ts";

test("the digits, their split and how they are normalised are the trainer's, bit for bit", async () => {
  const [ours, theirs] = [await theDigits(), await loadMnist({ seed: 0 })];
  expect([ours.mean, ours.std, ours.classes, ours.inputShape]).toEqual([
    theirs.mean,
    theirs.std,
    theirs.classes,
    theirs.inputShape,
  ]);
  for (const part of ["train", "test"] as const) {
    expect(ours[part].length).toBe(theirs[part].length);
    const all = Int32Array.from({ length: ours[part].length }, (_, i) => i);
    const [[x, y], [theirX, theirY]] = [ours[part].batch(all), theirs[part].batch(all)];
    expect(Buffer.from(y.data.buffer).equals(Buffer.from(theirY.data.buffer))).toBe(true);
    expect(Buffer.from(x.data.buffer).equals(Buffer.from(theirX.data.buffer))).toBe(true);
  }
});

test("another file is refused", async () => {
  await expect(readDigits(gzipSync("short"))).rejects.toThrow("digits.bin: expected 7850000 bytes, but found 5");
  await expect(readDigits(new Uint8Array(100))).rejects.toThrow("digits.bin");
});

test("what the page knows of the points without reading them is so", () => {
  for (const kind of ["spiral", "moons"] as const) {
    const data = drawPoints({ kind, noise: 0.1 });
    const [x, y] = data.train.batch(Array.from({ length: data.train.length }, (_, i) => i));
    expect(x.shape.slice(1)).toEqual(knownShape({ kind, noise: 0.1 })!.inputShape);
    expect(new Set(y.data).size).toBe(knownShape({ kind, noise: 0.1 })!.classes.length);
  }
});
