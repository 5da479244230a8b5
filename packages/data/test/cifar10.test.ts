import { FormatError } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { parseCifar10 } from "../src/index.ts";

const file = (...labels: number[]) => {
  const bytes = new Uint8Array(labels.length * 3073);
  labels.forEach((label, i) => {
    bytes.fill(i + 1, i * 3073, (i + 1) * 3073)[i * 3073] = label;
  });
  return bytes;
};

describe("parseCifar10", () => {
  test("reads labels and the planes of red, green and blue", () => {
    const bytes = file(3, 9);
    bytes.set([10, 11], 1); // the first two red pixels of the first picture
    bytes[3073 + 1 + 1024] = 12; // the first green pixel of the second
    const { pixels, shape, labels } = parseCifar10(bytes, "a.bin");
    expect([shape, [...labels]]).toEqual([
      [2, 3, 32, 32],
      [3, 9],
    ]);
    expect([...pixels.subarray(0, 3)]).toEqual([10, 11, 1]);
    expect([...pixels.subarray(3072 + 1023, 3072 + 1026)]).toEqual([2, 12, 2]);
  });

  test.each([
    [
      "empty",
      new Uint8Array(),
      "a.bin: at byte 0: expected a record of 3073 bytes (a label and 3×32×32 pixels), but found only 0 bytes.",
    ],
    [
      "cut short",
      file(1, 2).subarray(0, 3074),
      "a.bin: at byte 3073: expected a record of 3073 bytes (a label and 3×32×32 pixels), but found only 1 byte.",
    ],
    ["mislabelled", file(1, 10), "a.bin: at byte 3073: expected a label from 0 to 9, but found 10 for picture 1."],
  ])("refuses a wrong file: %s", (_, bytes, message) => {
    const read = () => parseCifar10(bytes, "a.bin");
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });
});
