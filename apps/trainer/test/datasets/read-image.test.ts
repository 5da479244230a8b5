import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { FormatError, UsageError } from "@pointwise/tensor";
import fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { decodePng } from "../../src/datasets/decode-png.ts";
import { type ImageOptions, readImage } from "../../src/datasets/read-image.ts";
import { resizeByArea } from "../../src/datasets/resize-by-area.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A PNG file of these pixels, each red, green, blue, opacity. */
function png(width: number, height: number, rgba: readonly number[]): Buffer {
  const picture = new PNG({ width, height });
  picture.data.set(rgba);
  return PNG.sync.write(picture);
}

/** A PNG file of 2×2 grey pixels, with this for its rows: each a 0 for no filter, and its pixels. */
function grey2x2(data: readonly number[], { depth = 8, interlace = 0 } = {}): Uint8Array {
  const chunk = (type: string, content: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const header = chunk("IHDR", Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 2, depth, 0, 0, 0, interlace));
  const pixels = chunk("IDAT", deflateSync(Uint8Array.from(data)));
  return Buffer.concat([png(1, 1, [0, 0, 0, 0]).subarray(0, 8), header, pixels, chunk("IEND", new Uint8Array())]);
}

const [BLACK, WHITE, RED, CLEAR] = [
  [0, 0, 0, 255],
  [255, 255, 255, 255],
  [255, 0, 0, 255],
  [0, 0, 0, 0],
];
const grey = { mean: [0], std: [1] };

function read(bytes: Uint8Array, options: Pick<ImageOptions, "inputShape"> & Partial<ImageOptions>) {
  return readImage(join(temporaryFolder({ "a.png": bytes }), "a.png"), { ...grey, ...options });
}

describe("readImage", () => {
  test("gives grey from 0 to 1, or its opposite", () => {
    const bytes = png(3, 1, [...BLACK, ...WHITE, ...RED]);
    const x = read(bytes, { inputShape: [1, 1, 3] });
    expect([x.shape, x.dtype]).toEqual([[1, 1, 1, 3], "float32"]);
    expect([...x.data].map((v) => v.toFixed(3))).toEqual(["0.000", "1.000", "0.299"]);
    expect([...read(bytes, { inputShape: [1, 1, 3], invert: true }).data].map((v) => v.toFixed(3))).toEqual([
      "1.000",
      "0.000",
      "0.701",
    ]);
  });

  test("gives the planes of red, green and blue", () => {
    const x = read(png(2, 1, [255, 0, 51, 255, 0, 102, 0, 255]), {
      inputShape: [3, 1, 2],
      mean: [0, 0, 0],
      std: [1, 1, 0.5],
    });
    expect([...x.data].map((v) => Number(v.toFixed(3)))).toEqual([1, 0, 0, 0.4, 0.4, 0]);
  });

  test("normalises", () => {
    expect([...read(png(1, 1, WHITE!), { inputShape: [1, 1, 1], mean: [0.5], std: [0.25] }).data]).toEqual([2]);
  });

  test("what is transparent lies on white", () => {
    const x = read(png(2, 1, [...CLEAR!, 0, 0, 0, 51]), { inputShape: [1, 1, 2] });
    expect([...x.data].map((v) => v.toFixed(2))).toEqual(["1.00", "0.80"]);
  });

  test.each([
    ["16 bits", [0, 0x33, 0x33, 0xff, 0xff, 0, 0, 0, 0x66, 0x66], { depth: 16 }],
    ["4 bits", [0, 0x3f, 0, 0x06], { depth: 4 }],
    ["interlaced", [0, 51, 0, 255, 0, 0, 102], { interlace: 1 }],
  ])("reads other kinds of PNG: %s", (_, data, options) => {
    const x = read(grey2x2(data, options), { inputShape: [1, 2, 2] });
    expect([...x.data].map((v) => Number(v.toFixed(3)))).toEqual([0.2, 1, 0, 0.4]);
  });

  test("says what is missing", () => {
    const options = { ...grey, inputShape: [1, 1, 1] };
    expect(() => readImage("/no/a.png", options)).toThrow(UsageError);
    expect(() => readImage("/no/a.png", options)).toThrow("Cannot read /no/a.png: it does not exist.");
    expect(() => readImage("/", options)).toThrow("Cannot read /: it is a folder, not a file.");
    for (const inputShape of [[2], [2, 1, 1], [1, 0, 1]]) {
      expect(() => readImage("a.png", { ...grey, inputShape })).toThrow(`samples have [${inputShape.join(", ")}]`);
    }
  });
});

describe("decodePng", () => {
  const bytes = png(
    4,
    3,
    Array.from({ length: 48 }, (_, i) => 5 * i),
  );

  test.each([
    ["empty", new Uint8Array(), "a.png: at byte 0: expected 137, as in every PNG file, but found the end of the file."],
    ["JPEG", Uint8Array.of(0xff, 0xd8, 0xff), "a.png: at byte 0: expected 137, as in every PNG file, but found 255."],
    ["only the signature", bytes.subarray(0, 8), "a.png: at byte 8: expected a PNG header of 29 bytes"],
    ["cut short", bytes.subarray(0, -20), "a.png: the PNG file is cut short or damaged"],
    ["wrong checksum", bytes.map((b, i) => (i === 45 ? b ^ 1 : b)), "cut short or damaged"],
    [
      "a header that promises too much",
      bytes.map((b, i) => (i === 16 || i === 20 ? 0x7f : b)),
      "which 85 bytes cannot hold",
    ],
    ["no width", bytes.map((b, i) => (i === 19 ? 0 : b)), "found 0×3"],
  ])("refuses a wrong file: %s", (_, wrong, message) => {
    expect(() => decodePng(wrong, "a.png")).toThrow(FormatError);
    expect(() => decodePng(wrong, "a.png")).toThrow(message);
  });

  test.each([
    ["a row is missing", [0, 7, 7], "expected 6 bytes of pixels, but found 3"],
    ["half a row is missing", [0, 7, 7, 0, 7], "expected 6 bytes of pixels, but found 5"],
    ["a row too many", [0, 7, 7, 0, 7, 7, 0, 7, 7], "cut short or damaged"],
  ])("checksums that are right do not hide that %s", (_, data, message) => {
    expect([...decodePng(grey2x2([0, 7, 8, 0, 9, 10]), "a.png").rgba].filter((__, i) => i % 4 === 0)).toEqual([
      7, 8, 9, 10,
    ]);
    expect(() => decodePng(grey2x2(data), "a.png")).toThrow(FormatError);
    expect(() => decodePng(grey2x2(data), "a.png")).toThrow(message);
  });

  test("a damaged file is refused, or a picture of the size it says", () => {
    const edits = fc.array(fc.tuple(fc.nat(bytes.length), fc.nat(4), fc.uint8Array({ maxLength: 4 })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(edits, (list) => {
        const wrong = [...bytes];
        for (const [at, removed, inserted] of list) wrong.splice(at, removed, ...inserted);
        try {
          const { width, height, rgba } = decodePng(Uint8Array.from(wrong), "a.png");
          expect(rgba.length).toBe(4 * width * height);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});

describe("resizeByArea", () => {
  test("averages what falls into a pixel", () => {
    const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect([...resizeByArea(x, [2, 4], [1, 2])]).toEqual([3.5, 5.5]);
    expect([...resizeByArea(x, [2, 4], [2, 4])]).toEqual([...x]);
    expect([...resizeByArea(Float32Array.of(1, 4, 7), [1, 3], [1, 2])]).toEqual([2, 6]); // one and a half pixels each
    expect([...resizeByArea(Float32Array.of(1, 4), [1, 2], [2, 4])]).toEqual([1, 1, 4, 4, 1, 1, 4, 4]);
  });

  test("keeps the mean, whatever the sizes", () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(size, size, ([h, w], to) => {
        const plane = Float32Array.from({ length: h * w }, (_, i) => (i * 37) % 11);
        const mean = (values: Float32Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
        expect(mean(resizeByArea(plane, [h, w], to))).toBeCloseTo(mean(plane), 3);
      }),
    );
  });
});
