import { gzipSync } from "node:zlib";
import { PointwiseError, sizeOf } from "@pointwise/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvOptions, gunzip, parseCifar10, parseCsv, parseIdx, parseIdxImages } from "../src/index.ts";
import { idxBytes } from "./idx-bytes.ts";

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const describePrototypes = () => prototypes.map((p) => Reflect.ownKeys(p).map(String));
const clean = describePrototypes();

/** What `read` gives, or nothing where it refuses with a documented error. Any other error fails, and so does a changed prototype. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PointwiseError)) throw error;
    return undefined;
  } finally {
    expect(describePrototypes()).toEqual(clean);
  }
}

const sizes = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 } as const;
const types = fc.constantFrom<keyof typeof sizes>(8, 9, 11, 12, 13, 14);
const anyDim = fc.oneof(fc.nat(4), fc.constantFrom(28, 2 ** 16, 2 ** 31, 2 ** 32 - 1), fc.nat(2 ** 32 - 1));

test("IDX: headers of any type and dimensions", () => {
  const code = fc.oneof(types, fc.nat(255));
  fc.assert(
    fc.property(code, fc.array(anyDim, { maxLength: 9 }), fc.uint8Array({ maxLength: 64 }), (code, shape, body) => {
      const content = idxBytes(code, shape, body);
      const read = attempt(() => parseIdx(content, "file"));
      if (read) expect([read.data.length, read.shape]).toEqual([sizeOf(shape), shape]);
      const labels = { bytes: idxBytes(8, [shape[0] ?? 0], [0, 1]), file: "labels" };
      attempt(() => parseIdxImages({ bytes: content, file: "images" }, labels, 2));
      attempt(() => parseIdxImages(labels, { bytes: content, file: "images" }, 2));
    }),
    { numRuns: 1000 },
  );
});

test("IDX: what is written is read again, also compressed", async () => {
  const shapes = fc.array(fc.nat(4), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(types, shapes, fc.infiniteStream(fc.nat(255)), async (code, shape, stream) => {
      const bytes = sizes[code];
      const body = Uint8Array.from({ length: sizeOf(shape) * bytes }, () => stream.next().value);
      const content = idxBytes(code, shape, body);
      const read = parseIdx(content, "file");
      expect(read.shape).toEqual(shape);
      const view = new DataView(body.buffer);
      const value = {
        8: (at: number) => view.getUint8(at),
        9: (at: number) => view.getInt8(at),
        11: (at: number) => view.getInt16(at),
        12: (at: number) => view.getInt32(at),
        13: (at: number) => view.getFloat32(at),
        14: (at: number) => view.getFloat64(at),
      }[code];
      expect([...read.data]).toEqual(Array.from({ length: sizeOf(shape) }, (_, i) => value(i * bytes)));
      expect(parseIdx(await gunzip(gzipSync(content), "file"), "file")).toEqual(read);
    }),
  );
});

test("CIFAR-10: any number of records, and a part of one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(11), { maxLength: 3 }),
      fc.nat(2),
      fc.infiniteStream(fc.nat(255)),
      (labels, extra, pixels) => {
        const body = labels.flatMap((label) => [label, ...Array.from({ length: 3072 }, () => pixels.next().value)]);
        const read = attempt(() =>
          parseCifar10(Uint8Array.from([...body, ...new Array<number>(extra).fill(0)]), "file"),
        );
        expect(read !== undefined).toBe(labels.length > 0 && extra === 0 && labels.every((label) => label < 10));
        if (!read) return;
        expect([...read.labels]).toEqual(labels);
        expect([...read.pixels]).toEqual(body.filter((_, i) => i % 3073 > 0));
      },
    ),
    { numRuns: 30 },
  );
});

const cell = fc.oneof(
  { arbitrary: fc.integer().map(String), weight: 6 },
  fc.double().map(String),
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "toString",
    '"',
    '""',
    '"a',
    "a\0",
    "1e400",
    "-",
    "\uFEFF",
    " 7 ",
    "0x1",
    "?",
    "\r",
  ),
  fc.string({ unit: "binary" }),
);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const lines = fc.array(
  fc
    .array(fc.tuple(cell, fc.boolean()), { maxLength: 5 })
    .map((cells) => cells.map(([text, q]) => (q ? quoted(text) : text))),
  { maxLength: 6 },
);
const options: fc.Arbitrary<Omit<CsvOptions, "file">> = fc.record(
  {
    delimiter: fc.constantFrom(",", ";", "\t", '"', "\n", "", "::"),
    header: fc.boolean(),
    label: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom("__proto__", "constructor", "a"), fc.double()),
  },
  { requiredKeys: [] },
);

test("CSV: lines of any cells, read with any options", () => {
  fc.assert(
    fc.property(lines, fc.constantFrom("\n", "\r\n", "\r"), options, (all, lineEnd, options) => {
      const text = all.map((cells) => cells.join(options.delimiter ?? ",")).join(lineEnd);
      const table = attempt(() => parseCsv(text, { file: "file", ...options }));
      if (!table) return;
      const { inputs, targets, classes, features } = table;
      expect(inputs.shape).toEqual([targets.size, features.length]);
      expect(inputs.data.every(Number.isFinite)).toBe(true);
      expect(targets.data.every((label) => label >= 0 && label < classes.length)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("CSV: classes of any names are kept as they are", () => {
  const names = fc.oneof(
    fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "../x"),
    fc.string().map((s) => `w${s}w`),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -999, max: 999 }), names), { minLength: 1, maxLength: 9 }),
      (samples) => {
        const text = samples.map(([x, name]) => `${x},${quoted(name)}`).join("\n");
        const { inputs, targets, classes } = parseCsv(text, { file: "file", header: false });
        expect([...inputs.data].map((x, i) => [x + 0, classes[targets.data[i]!]])).toEqual(
          samples.map(([x, name]) => [x + 0, name]),
        );
      },
    ),
  );
});
