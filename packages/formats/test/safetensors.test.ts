import { readFileSync } from "node:fs";
import { type Tensor, tensor, UsageError, zeros } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../src/index.ts";
import { counting, exactly, exactlyAll, namedTensors, names } from "./arbitrary-tensors.ts";
import { oneTensor, safetensorsBytes } from "./safetensors-bytes.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

describe("a file of the safetensors library", () => {
  const read = decodeSafetensors(fixture("library.safetensors"), "library.safetensors");

  test("is read by name", () => {
    expect(read.metadata).toEqual({ format: "pt" });
    const expected = new Map<string, Tensor>([
      ["conv.weight", counting("float32")],
      ["bn.num_batches_tracked", tensor(7, { dtype: "int32" })],
      ["beta", tensor(0.1, { dtype: "float64" })],
      ["ids", tensor(Int32Array.of(-1, 2 ** 31 - 1))],
      ["mask", tensor([true, false, true])],
      ["half", counting("float32")],
      ["empty", zeros([0, 3])],
      ["bytes", tensor([0, 1, 2, 3, 4], { dtype: "int32" })],
    ]);
    expect(exactlyAll(read.tensors)).toEqual(exactlyAll(expected));
  });

  test("is written to the byte, where its types are ours", () => {
    const tensors = new Map<string, Tensor>([
      ["mask", tensor([true, false, true])],
      ["b", counting("float32")],
      ["a", counting("float32")],
      ["beta", tensor(0.1, { dtype: "float64" })],
      ["ids", tensor(Int32Array.of(-1, 2 ** 31 - 1))],
      ["empty", zeros([0, 3])],
    ]);
    const bytes = encodeSafetensors({ tensors, metadata: { format: "pt" } });
    expect(bytes).toEqual(fixture("same-types.safetensors"));
  });

  test("of bfloat16", () => {
    const { tensors, metadata } = decodeSafetensors(fixture("bfloat16.safetensors"), "bfloat16.safetensors");
    expect(metadata).toEqual({});
    expect(tensors.get("b")!.toArray()).toEqual([
      [1, -3.125, Number.POSITIVE_INFINITY],
      [Number.NaN, 2 ** -133, -0],
    ]);
  });
});

test("what is written is read again, bit for bit", () => {
  const metadata = fc.dictionary(names, fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(namedTensors, metadata, (tensors, texts) => {
      const read = decodeSafetensors(encodeSafetensors({ tensors, metadata: texts }), "a.safetensors");
      expect(exactlyAll(read.tensors)).toEqual(exactlyAll(tensors));
      expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(texts).sort());
    }),
  );
});

test("the same tensors give the same bytes, in whatever order", () => {
  fc.assert(
    fc.property(namedTensors, (tensors) => {
      const reversed = new Map([...tensors].reverse());
      expect(encodeSafetensors({ tensors: reversed })).toEqual(encodeSafetensors({ tensors }));
    }),
  );
});

test("parts of larger buffers are read too, at odd addresses, and as Node's file functions give them", () => {
  const bytes = encodeSafetensors({ tensors: new Map([["beta", tensor(0.1, { dtype: "float64" })]]) });
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(decodeSafetensors(shifted.subarray(1), "a").tensors.get("beta")!.item()).toBe(0.1);
  expect(decodeSafetensors(Buffer.from(bytes), "a").tensors.get("beta")!.item()).toBe(0.1);
});

test("what is read does not change with the file's bytes", () => {
  const bytes = oneTensor();
  const { tensors } = decodeSafetensors(bytes, "a");
  bytes.fill(255);
  expect(exactly(tensors.get("w"))).toEqual(exactly(zeros([2, 2])));
});

test.each([
  ["U8", 1, [0, 200, 255]],
  ["I8", 1, [-128, 0, 127]],
  ["U16", 2, [0, 40000, 65535]],
  ["I16", 2, [-32768, 0, 32767]],
  ["U32", 4, [0, 1, 2 ** 31 - 1]],
  ["I64", 8, [-(2 ** 31), -1, 2 ** 31 - 1]],
  ["U64", 8, [0, 1, 2 ** 31 - 1]],
] as const)("%s is read as int32", (dtype, width, values) => {
  const view = new DataView(new ArrayBuffer(3 * width));
  for (const [i, value] of values.entries()) {
    for (let byte = 0; byte < width; byte++) {
      view.setUint8(i * width + byte, Number((BigInt(value) >> BigInt(8 * byte)) & 255n));
    }
  }
  const file = oneTensor({ dtype, shape: [3], data_offsets: [0, 3 * width] }, new Uint8Array(view.buffer));
  expect(decodeSafetensors(file, "a").tensors.get("w")).toMatchObject({
    dtype: "int32",
    data: Int32Array.from(values),
  });
});

describe("types by request", () => {
  const tensors = new Map<string, Tensor>([
    ["single", tensor([0.1, 1, -1e9, 1e-9])],
    ["double", tensor([0.1, 1e300], { dtype: "float64" })],
    ["labels", tensor(Int32Array.of(-1, 7, 2 ** 31 - 1, -(2 ** 31)))],
    ["mask", tensor([true, false])],
  ]);
  const typesIn = (bytes: Uint8Array) => {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header: Record<string, { dtype: string }> = JSON.parse(
      new TextDecoder().decode(bytes.subarray(8, 8 + length)),
    );
    return Object.fromEntries(Object.entries(header).map(([name, { dtype }]) => [name, dtype]));
  };

  test.each([
    ["F16", [0.0999755859375, 1, Number.NEGATIVE_INFINITY, 0]],
    ["BF16", [0.10009765625, 1, -998244352, 9.968061931431293e-10]],
  ] as const)("floats as %s", (floats, expected) => {
    const bytes = encodeSafetensors({ tensors }, { floats });
    expect(typesIn(bytes)).toEqual({ single: floats, double: floats, labels: "I32", mask: "BOOL" });
    const read = decodeSafetensors(bytes, "a").tensors;
    expect(read.get("single")!.toArray()).toEqual(expected); // what PyTorch's half() and bfloat16() give
    expect(read.get("double")).toMatchObject({ dtype: "float32", shape: [2] });
    expect(exactly(read.get("labels"))).toEqual(exactly(tensors.get("labels")));
  });

  test("integers as I64", () => {
    const bytes = encodeSafetensors({ tensors }, { ints: "I64" });
    expect(typesIn(bytes)).toEqual({ labels: "I64", double: "F64", single: "F32", mask: "BOOL" });
    expect(exactlyAll(decodeSafetensors(bytes, "a").tensors)).toEqual(exactlyAll(tensors));
  });
});

describe("what the format does not admit is not written", () => {
  const x = zeros([1]);
  test.each([
    [
      "the name that is reserved",
      { tensors: new Map([["__metadata__", x]]) },
      "no tensor can have the name __metadata__",
    ],
    ["half a character", { tensors: new Map([["a\ud800", x]]) }, "a tensor's name has half a character in it"],
    ["half a character in a text", { tensors: new Map(), metadata: { a: "\udc00" } }, `the metadata's "a" has half`],
  ] satisfies [string, Parameters<typeof encodeSafetensors>[0], string][])("%s", (_, file, message) => {
    expect(() => encodeSafetensors(file)).toThrow(UsageError);
    expect(() => encodeSafetensors(file)).toThrow(message);
  });
});

test("metadata that are no texts are not written, in programs without types", () => {
  const file = { tensors: new Map(), metadata: { epoch: 3 } };
  // @ts-expect-error: a number
  expect(() => encodeSafetensors(file)).toThrow(`metadata are texts, but "epoch" is a number. Use String()`);
});

test("names like __proto__ are names, and nothing else", () => {
  const header = `{"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"__metadata__":{"__proto__":"text","toString":"t"}}`;
  const { tensors, metadata } = decodeSafetensors(safetensorsBytes(header, 4), "a");
  expect([...tensors.keys()]).toEqual(["__proto__"]);
  expect(Object.entries(metadata)).toEqual([
    ["__proto__", "text"],
    ["toString", "t"],
  ]);
  expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
  expect("dtype" in {}).toBe(false);
});
