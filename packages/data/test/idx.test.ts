import { FormatError } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIdx, parseIdxImages } from "../src/index.ts";
import { idxBytes } from "./idx-bytes.ts";

const bigEndian = (size: number, set: (view: DataView) => void) => {
  const view = new DataView(new ArrayBuffer(size));
  set(view);
  return new Uint8Array(view.buffer);
};

describe("parseIdx", () => {
  test("shares the bytes of uint8 values", () => {
    const bytes = idxBytes(8, [2, 3], [1, 2, 3, 4, 5, 255]);
    const { type, shape, data } = parseIdx(bytes, "a");
    expect([type, shape, [...data]]).toEqual(["uint8", [2, 3], [1, 2, 3, 4, 5, 255]]);
    expect(data.buffer).toBe(bytes.buffer);
  });

  test.each([
    ["int8", 9, [0xff, 0x80], Int32Array.of(-1, -128)],
    ["int16", 11, [0xff, 0xfe, 0x01, 0x00], Int32Array.of(-2, 256)],
    ["int32", 12, [0xff, 0xff, 0xff, 0xfd, 0x00, 0x01, 0x00, 0x00], Int32Array.of(-3, 65536)],
    [
      "float32",
      13,
      bigEndian(8, (v) => [v.setFloat32(0, 1.5), v.setFloat32(4, Number.NEGATIVE_INFINITY)]),
      Float32Array.of(1.5, Number.NEGATIVE_INFINITY),
    ],
    [
      "float64",
      14,
      bigEndian(16, (v) => [v.setFloat64(0, Math.PI), v.setFloat64(8, -0)]),
      Float64Array.of(Math.PI, -0),
    ],
  ])("reads %s", (type, code, body, data) => {
    expect(parseIdx(idxBytes(code, [2], body), "a")).toEqual({ type, shape: [2], data });
  });

  test("reads a file that lies somewhere within a buffer", () => {
    const inner = idxBytes(12, [1], [0, 0, 0, 9]);
    const outer = new Uint8Array(inner.length + 3);
    outer.set(inner, 3);
    expect([...parseIdx(outer.subarray(3), "a").data]).toEqual([9]);
  });

  test("dimensions of 0 have no values", () => {
    expect(parseIdx(idxBytes(8, [0, 28, 28], []), "a").shape).toEqual([0, 28, 28]);
  });

  test.each([
    [
      "empty",
      [],
      "a.idx: at byte 0: expected the 4 bytes that an IDX file begins with, but found the end after 0 bytes.",
    ],
    [
      "3 bytes",
      [0, 0, 8],
      "a.idx: at byte 3: expected the 4 bytes that an IDX file begins with, but found the end after 3 bytes.",
    ],
    [
      "gzip",
      [0x1f, 0x8b, 8, 0],
      "a.idx: at byte 0: expected two zero bytes, but found 0x1f 0x8b. It is compressed with gzip: decompress it first, with gunzip.",
    ],
    ["text", [80, 78, 71, 0], "a.idx: at byte 0: expected two zero bytes, but found 0x50 0x4e. It is not an IDX file."],
    [
      "type",
      [0, 0, 10, 1],
      "a.idx: at byte 2: expected an element type, one of 0x08 (uint8), 0x09 (int8), 0x0b (int16), 0x0c (int32), 0x0d (float32), 0x0e (float64), but found 0x0a.",
    ],
    ["rank", [0, 0, 8, 0], "a.idx: at byte 3: expected the number of dimensions, at least 1, but found 0."],
    [
      "header",
      [0, 0, 8, 2, 0, 0, 0, 1, 0],
      "a.idx: at byte 9: expected 2 dimensions of 4 bytes each, but found only 5 bytes. The file is cut short.",
    ],
    [
      "values",
      [...idxBytes(8, [2, 2], [1, 2, 3])],
      "a.idx: at byte 15: expected 4 bytes of values from byte 12 on, as the header [2, 2] of uint8 says, but found the end after 3. The file is cut short, or its header is damaged.",
    ],
    [
      "trailing",
      [...idxBytes(8, [2], [1, 2, 3])],
      "a.idx: at byte 10: expected 2 bytes of values from byte 8 on, as the header [2] of uint8 says, but found 1 more byte. The header is damaged, or something was appended.",
    ],
  ])("refuses a wrong file: %s", (_, bytes, message) => {
    const read = () => parseIdx(Uint8Array.from(bytes), "a.idx");
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });

  test.each([
    ["4 billion values", [2 ** 32 - 1]],
    ["more than a number can count", Array(255).fill(2 ** 32 - 1)],
    ["infinitely many times nothing", [...Array(200).fill(2 ** 32 - 1), 0]],
  ])("a header that promises %s reserves nothing", (_, shape) => {
    const bytes = idxBytes(14, shape, [1, 2, 3]);
    expect(() => parseIdx(bytes, "a.idx")).toThrow(FormatError);
  });
});

describe("parseIdxImages", () => {
  const images = { bytes: idxBytes(8, [2, 1, 2], [1, 2, 3, 4]), file: "images" };
  const labels = (...values: number[]) => ({ bytes: idxBytes(8, [values.length], values), file: "labels" });

  test("pairs pictures and labels", () => {
    expect(parseIdxImages(images, labels(0, 9), 10)).toEqual({
      pixels: Uint8Array.of(1, 2, 3, 4),
      shape: [2, 1, 1, 2],
      labels: Int32Array.of(0, 9),
    });
  });

  test.each([
    ["counts", images, labels(0), "labels: at byte 4: expected 2 labels, one for each picture in images, but found 1."],
    ["label", images, labels(0, 10), "labels: at byte 9: expected a label from 0 to 9, but found 10 for picture 1."],
    [
      "exchanged",
      labels(0, 1),
      images,
      "labels: at byte 3: expected pictures [count, height, width], but found 1 dimension: [2]. Are the files of pictures and of labels exchanged?",
    ],
    [
      "type",
      { ...images, bytes: idxBytes(9, [2, 1, 2], [1, 2, 3, 4]) },
      labels(0, 1),
      "images: at byte 2: expected pictures [count, height, width] of type uint8, but found int8.",
    ],
  ])("refuses a wrong pair: %s", (_, first, second, message) => {
    const read = () => parseIdxImages(first, second, 10);
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });

  test("any labels are accepted if, and only if, all are classes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), fc.integer({ min: 1, max: 256 }), (values, classes) => {
        const pictures = { bytes: idxBytes(8, [values.length, 1, 1], values), file: "images" };
        const read = () => parseIdxImages(pictures, labels(...values), classes);
        if (values.every((v) => v < classes)) expect([...read().labels]).toEqual([...values]);
        else expect(read).toThrow(FormatError);
      }),
    );
  });
});
