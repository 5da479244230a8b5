import { gzipSync } from "node:zlib";
import { FormatError, sizeOf } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gunzip, type LabelledImages, parseCifar10, parseCsv, parseIdx, parseIdxImages } from "../src/index.ts";
import { idxBytes } from "./idx-bytes.ts";

/** Overwrites, cuts out, inserts or appends bytes. */
const damaged = (bytes: Uint8Array) =>
  fc
    .array(fc.tuple(fc.nat(bytes.length), fc.nat(4), fc.uint8Array({ maxLength: 4 })), { minLength: 1, maxLength: 3 })
    .map((edits) => {
      const out = [...bytes];
      for (const [at, removed, inserted] of edits) out.splice(at, removed, ...inserted);
      return Uint8Array.from(out);
    });

/** What `read` gives, or nothing if it refuses as it should; any other error fails. */
async function attempt<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    expect(String(error)).toContain("the-file");
    return undefined;
  }
}

const checkImages = ({ pixels, shape, labels }: LabelledImages, classes: number) => {
  expect(pixels.length).toBe(sizeOf(shape));
  expect(labels.length).toBe(shape[0]);
  expect(labels.every((label) => label >= 0 && label < classes)).toBe(true);
};

describe("a damaged file is refused, or is a right file of other values", () => {
  test.each([8, 9, 11, 12, 13, 14])("IDX with element type %s", async (code) => {
    const bytes = idxBytes(code, [2, 3], new Uint8Array(6 * [1, 1, 0, 2, 4, 4, 8][code - 8]!).fill(7));
    await fc.assert(
      fc.asyncProperty(damaged(bytes), async (wrong) => {
        const idx = await attempt(() => parseIdx(wrong, "the-file"));
        if (!idx) return;
        expect(idx.data.length).toBe(sizeOf(idx.shape));
        const elementBytes = { uint8: 1, int8: 1, int16: 2, int32: 4, float32: 4, float64: 8 }[idx.type];
        expect(wrong.length).toBe(4 + 4 * idx.shape.length + elementBytes * idx.data.length);
      }),
    );
  });

  test("pairs of IDX files", async () => {
    const images = { bytes: idxBytes(8, [3, 2, 1], [1, 2, 3, 4, 5, 6]), file: "the-file" };
    await fc.assert(
      fc.asyncProperty(damaged(idxBytes(8, [3], [0, 1, 2])), async (bytes) => {
        const read = await attempt(() => parseIdxImages(images, { bytes, file: "the-file" }, 3));
        if (read) checkImages(read, 3);
      }),
    );
  });

  test("CIFAR-10", async () => {
    const bytes = new Uint8Array(2 * 3073);
    await fc.assert(
      fc.asyncProperty(damaged(bytes), async (wrong) => {
        const read = await attempt(() => parseCifar10(wrong, "the-file"));
        if (read) checkImages(read, 10);
      }),
      { numRuns: 50 },
    );
  });

  test("gzip: the checksum finds what was damaged", async () => {
    const content = new Uint8Array(300).map((_, i) => (i * i) % 251);
    const packed = gzipSync(content);
    await fc.assert(
      fc.asyncProperty(damaged(packed), async (wrong) => {
        const read = await attempt(() => gunzip(wrong, "the-file"));
        if (read) expect(read).toEqual(content); // only bytes that say nothing of the content were hit, such as the time
      }),
    );
  });

  test("CSV", async () => {
    const bytes = new TextEncoder().encode('x,"y",class\n1,2.5,a\n-3,"4e2","b ""c"""\n');
    await fc.assert(
      fc.asyncProperty(damaged(bytes), async (wrong) => {
        const table = await attempt(() => parseCsv(new TextDecoder().decode(wrong), { file: "the-file" }));
        if (!table) return;
        const [n, features] = table.inputs.shape;
        expect(features).toBe(table.features.length);
        expect(table.targets.shape).toEqual([n]);
        expect(table.inputs.data.every(Number.isFinite)).toBe(true);
        expect(table.targets.data.every((label) => label in table.classes)).toBe(true);
      }),
    );
  });

  test("bytes at random", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        await attempt(() => parseIdx(bytes, "the-file"));
        await attempt(() => parseCifar10(bytes, "the-file"));
        await attempt(() => gunzip(bytes, "the-file"));
        await attempt(() => parseCsv(new TextDecoder().decode(bytes), { file: "the-file" }));
      }),
    );
  });
});
