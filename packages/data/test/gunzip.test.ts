import { gzipSync } from "node:zlib";
import { FormatError } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gunzip, isGzip } from "../src/index.ts";

const content = new TextEncoder().encode("pointwise ".repeat(100));
const packed = new Uint8Array(gzipSync(content));

describe("gunzip", () => {
  test("gives back what was compressed", async () => {
    expect(await gunzip(packed, "a.gz")).toEqual(content);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(await gunzip(gzipSync(bytes), "a.gz")).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  test("joins the members of a file", async () => {
    expect(await gunzip(Uint8Array.from([...packed, ...packed]), "a.gz")).toEqual(
      Uint8Array.from([...content, ...content]),
    );
  });

  test.each([
    [
      "empty",
      new Uint8Array(),
      "a.gz: at byte 0: expected the two bytes 31 139 that a gzip file begins with, but found an empty file.",
    ],
    ["another format", Uint8Array.of(0, 0, 8, 3), "but found 0 0."],
    ["cut short", packed.subarray(0, -1), "a.gz: expected "],
    ["only the first bytes", packed.subarray(0, 2), "The file is cut short or damaged: get it again."],
    ["wrong checksum", packed.with(packed.length - 8, packed.at(-8)! ^ 1), "do not decompress"],
    ["something appended", Uint8Array.from([...packed, 1, 2, 3]), "do not decompress"],
  ])("refuses a wrong file: %s", async (_, bytes, message) => {
    const error: unknown = await gunzip(bytes, "a.gz").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FormatError);
    expect(String(error)).toContain(message);
  });

  test("stops a gzip bomb at maxBytes", async () => {
    const bomb = gzipSync(new Uint8Array(2 ** 24));
    await expect(gunzip(bomb, "a.gz", { maxBytes: 2 ** 20 })).rejects.toThrow("no more than 1048576 bytes");
    expect((await gunzip(bomb, "a.gz", { maxBytes: 2 ** 24 })).length).toBe(2 ** 24);
  });

  test("knows a gzip file by its first bytes", () => {
    expect([isGzip(packed), isGzip(content), isGzip(new Uint8Array())]).toEqual([true, false, false]);
  });
});
