import { FormatError, tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../src/checkpoint/safetensors.ts";

const tensors = new Map([
  ["mask", tensor([true, false, true])],
  [
    "0.weight",
    tensor([
      [1.5, -2],
      [Number.NaN, Number.POSITIVE_INFINITY],
    ]),
  ],
  ["beta", tensor(0.1, { dtype: "float64" })],
  ["key", tensor(Int32Array.of(-1, 2 ** 31 - 1))],
  ["empty", tensor([], { shape: [0, 3] })],
]);
const bytes = encodeSafetensors({ tensors, metadata: { epoch: "3" } });
const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
const header = (): Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> =>
  JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));

test("what is written is read again, bit for bit", () => {
  const read = decodeSafetensors(bytes, "a.safetensors");
  expect(read.metadata).toEqual({ epoch: "3" });
  expect(new Set(read.tensors.keys())).toEqual(new Set(tensors.keys()));
  for (const [name, x] of tensors) {
    expect(read.tensors.get(name)).toMatchObject({ shape: x.shape, dtype: x.dtype });
    expect(read.tensors.get(name)!.data).toEqual(x.data);
  }
});

test("the layout is that of safetensors: sizes, aligned offsets without gaps", () => {
  const { __metadata__: _, ...entries } = header();
  expect((8 + headerLength) % 8).toBe(0);
  expect(entries["0.weight"]).toMatchObject({ dtype: "F32", shape: [2, 2] });
  const spans = Object.values(entries).map((entry) => entry.data_offsets);
  spans.reduce((end, [start, stop]) => {
    expect(start).toBe(end);
    return stop;
  }, 0);
  expect(spans.at(-1)![1]).toBe(bytes.length - 8 - headerLength);
  expect(entries["0.weight"]!.data_offsets[0] % 4).toBe(0);
});

test("parts of larger buffers are read too, at odd offsets, and as Node's file functions give them", () => {
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(decodeSafetensors(shifted.subarray(1), "a").tensors.get("beta")!.item()).toBe(0.1);
  expect(decodeSafetensors(Buffer.from(bytes), "a").tensors.get("beta")!.item()).toBe(0.1);
});

describe("a damaged file is refused by name", () => {
  const withHeader = (text: string) => {
    const json = new TextEncoder().encode(text);
    const out = new Uint8Array(8 + json.length);
    new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
    out.set(json, 8);
    return out;
  };
  const entry = (fields: object) =>
    withHeader(JSON.stringify({ w: { dtype: "F32", shape: [1], data_offsets: [0, 4], ...fields } }));
  test.each([
    ["nothing in it", new Uint8Array(), /has 0 bytes/],
    ["cut in the header", bytes.subarray(0, 40), /header should have \d+ bytes, but the whole file has 40/],
    ["cut in the values", bytes.subarray(0, bytes.length - 1), /should end at byte/],
    ["another kind of file", new TextEncoder().encode("PK\u0003\u0004 and so on and on"), /header should have/],
    ["a header that is no JSON", withHeader("{nope"), /no JSON/],
    ["an unknown type", entry({ dtype: "F8_E4M3" }), /"w" is malformed/],
    ["offsets in reverse", entry({ data_offsets: [4, 0] }), /"w" is malformed/],
    ["a shape that the bytes do not fill", entry({ shape: [2] }), /"w" is float32 \[2\], but its values take 4 bytes/],
  ])("%s", (_, damaged, message) => {
    expect(() => decodeSafetensors(damaged, "runs/a/best.safetensors")).toThrow(FormatError);
    expect(() => decodeSafetensors(damaged, "runs/a/best.safetensors")).toThrow(message);
    expect(() => decodeSafetensors(damaged, "runs/a/best.safetensors")).toThrow("runs/a/best.safetensors");
  });
});
