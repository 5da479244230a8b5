import { expect, test } from "vitest";
import { pixelAt, pixelByKey } from "../../src/views/lab/mix/choose-pixel.ts";
import { padChannel } from "../../src/views/lab/slide/padded.ts";
import { pictureSide } from "../../src/views/lab/slide/setting.ts";

test("a channel is framed by zeros that are marked, and keeps its own", () => {
  const area = pictureSide ** 2;
  const picture = Float32Array.from({ length: 2 * area }, (_, i) => i % 4);
  const padded = padChannel(picture, 1, 2);
  expect(padded.values).toHaveLength((pictureSide + 4) ** 2);
  expect(padded.isPadding.slice(0, 2 * (pictureSide + 4) + 3)).toEqual([
    ...Array(2 * (pictureSide + 4) + 2).fill(true),
    false,
  ]);
  expect(padded.values.filter((_, i) => padded.isPadding[i])).toEqual(Array(4 * (pictureSide + 2) * 2).fill(0));
  expect(padded.values.filter((_, i) => !padded.isPadding[i])).toEqual([...picture.subarray(area)]);
});

test("the pixel under a pointer, and the nearest one outside", () => {
  expect(pixelAt(0, 0, 8)).toBe(0);
  expect(pixelAt(0.13, 0.99, 8)).toBe(7 * 8 + 1);
  expect(pixelAt(1, 1.5, 8)).toBe(63);
  expect(pixelAt(-0.1, 0.5, 8)).toBe(4 * 8);
});

test("arrow keys go to the neighbours and stop at the edges", () => {
  expect(pixelByKey(9, "ArrowUp", 8)).toBe(1);
  expect(pixelByKey(1, "ArrowUp", 8)).toBe(1);
  expect(pixelByKey(9, "ArrowDown", 8)).toBe(17);
  expect(pixelByKey(8, "ArrowLeft", 8)).toBe(8);
  expect(pixelByKey(15, "ArrowRight", 8)).toBe(15);
  expect(pixelByKey(12, "Home", 8)).toBe(8);
  expect(pixelByKey(12, "End", 8)).toBe(15);
  expect(pixelByKey(12, "x", 8)).toBeUndefined();
});
