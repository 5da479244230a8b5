import { sizeOf } from "@pointwise/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeNpy,
  decodeNpz,
  decodeSafetensors,
  encodeSafetensors,
  importOnnx,
  openSafetensors,
} from "../src/index.ts";
import { modelProto } from "../src/onnx/messages.ts";
import { writeMessage } from "../src/onnx/protobuf.ts";
import { exactly, exactlyAll, namedTensors } from "./arbitrary-tensors.ts";
import { npyBytes, npyHeader } from "./npy-bytes.ts";
import { attempt, hostileJson, hostileNames, hostileNumbers } from "./parsers-fuzz.ts";
import { safetensorsBytes } from "./safetensors-bytes.ts";
import { zipOf } from "./zip-of.ts";

const file = "file";
const bytes = fc.uint8Array({ maxLength: 200 });

const source = (content: Uint8Array) => ({
  size: content.length,
  read: (at: number, length: number) => content.slice(at, at + length),
});

async function readByTensor(content: Uint8Array) {
  const reader = await openSafetensors(source(content), file);
  const tensors = new Map();
  for (const name of reader.entries.keys()) tensors.set(name, await reader.read(name));
  return tensors;
}

/** Both ways of reading it refuse it, or give the same, and no more values than the file has bytes. */
async function checkSafetensors(content: Uint8Array): Promise<void> {
  const [whole, byTensor] = [
    await attempt(() => decodeSafetensors(content, file)),
    await attempt(() => readByTensor(content)),
  ];
  expect(whole && exactlyAll(whole.tensors)).toEqual(byTensor && exactlyAll(byTensor));
  const values = [...(whole?.tensors.values() ?? [])].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  expect(values).toBeLessThanOrEqual(content.length);
}

/** How a file begins, and anything after that. */
const beginning = (...starts: readonly (readonly number[])[]) =>
  fc.tuple(fc.constantFrom(...starts), bytes).map(([start, rest]) => Uint8Array.from([...start, ...rest]));

const magics = [
  [],
  [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0],
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
  [8, 7, 0x3a],
  [2, 0, 0, 0, 0, 0, 0, 0, 0x7b],
];

test("any bytes, after any beginning, are read or refused", async () => {
  await fc.assert(
    fc.asyncProperty(beginning(...magics), async (content) => {
      await checkSafetensors(content);
      await attempt(() => decodeNpy(content, file));
      await attempt(() => decodeNpz(content, file));
      await attempt(() => importOnnx(content, file));
    }),
    { numRuns: 400 },
  );
});

const entry = fc.record(
  {
    dtype: fc.oneof(fc.constantFrom("F32", "F16", "BF16", "F64", "I32", "I64", "U64", "BOOL", "U8"), hostileNames),
    shape: fc.oneof(fc.array(fc.nat(3), { maxLength: 3 }), fc.array(hostileNumbers, { maxLength: 5 }), hostileJson),
    data_offsets: fc.oneof(fc.tuple(fc.nat(64), fc.nat(64)), fc.array(hostileNumbers, { maxLength: 3 }), hostileJson),
  },
  { requiredKeys: [] },
);
const header = fc.oneof(
  fc.array(fc.tuple(hostileNames, fc.oneof(entry, hostileJson)), { maxLength: 4 }).map(Object.fromEntries),
  hostileJson,
);

test("safetensors: headers of any fields, whole and by tensor", async () => {
  await fc.assert(
    fc.asyncProperty(header, fc.uint8Array({ maxLength: 64 }), (json, values) =>
      checkSafetensors(safetensorsBytes(JSON.stringify(json), values)),
    ),
    { numRuns: 1000 },
  );
});

test("safetensors: headers that agree with the values, of any shapes and names, or differ in one field", async () => {
  const sizes = { F32: 4, F16: 2, BF16: 2, F64: 8, I32: 4, I64: 8, U64: 8, BOOL: 1, U8: 1 } as const;
  type Type = keyof typeof sizes;
  const kinds = fc.constantFrom<Type>("F32", "F16", "BF16", "F64", "I32", "I64", "U64", "BOOL", "U8");
  const field = fc.oneof(
    fc.record({ dtype: fc.oneof(kinds, hostileNames) }),
    fc.record({ shape: fc.array(fc.nat(3), { maxLength: 4 }) }),
    fc.record({ data_offsets: fc.tuple(fc.nat(40), fc.nat(40)) }),
    fc.constant({}),
  );
  const change = fc.tuple(fc.nat(5), field, fc.constantFrom(0, 0, -1, 1, 8));
  const some = fc.array(fc.tuple(hostileNames, kinds, fc.array(fc.nat(3), { maxLength: 4 })), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(some, change, fc.infiniteStream(fc.nat(255)), async (tensors, [which, field, extra], stream) => {
      let at = 0;
      const entries = tensors.map(([name, dtype, shape]) => {
        const start = at;
        at += sizes[dtype] * sizeOf(shape);
        return [name, { dtype, shape, data_offsets: [start, at] }];
      });
      Object.assign(Object(entries[which]?.[1]), field);
      const values = Uint8Array.from({ length: Math.max(0, at + extra) }, () => stream.next().value);
      await checkSafetensors(safetensorsBytes(Object.fromEntries(entries), values));
    }),
    { numRuns: 1000 },
  );
});

test("safetensors: what is written is read again by tensor, bit for bit", async () => {
  await fc.assert(
    fc.asyncProperty(namedTensors, async (tensors) => {
      expect(exactlyAll(await readByTensor(encodeSafetensors({ tensors })))).toEqual(exactlyAll(tensors));
    }),
  );
});

const literal = fc.oneof(
  hostileNames.map((name) => `'${name}'`),
  fc.constantFrom("True", "None", "()", "(1,)", "[1]", "{}"),
);
const descr = fc.oneof(fc.constantFrom("'<f4'", "'>i8'", "'|b1'", "'<u8'", "'|O'", "'<c8'", "[('x', '<f4')]"), literal);
const tuple = fc
  .oneof(fc.array(fc.nat(4)), fc.array(hostileNumbers))
  .map((sizes) => `(${sizes.map((n) => `${n},`).join("")})`);
const npyFile = fc
  .record({
    header: fc.oneof(
      fc
        .tuple(descr, fc.oneof(tuple, literal), fc.constantFrom("True", "False", "1"))
        .map((fields) => npyHeader(...fields)),
      fc
        .array(fc.tuple(literal, fc.oneof(literal, tuple)))
        .map((all) => `{${all.map(([k, v]) => `${k}: ${v}, `).join("")}}`),
      fc
        .tuple(fc.constantFrom("(", "[", "{", "{'a': ", "'"), fc.nat(9000))
        .map(([open, depth]) => open.repeat(depth / open.length)),
    ),
    values: fc.oneof(fc.constantFrom(0, 4, 16, 64), fc.uint8Array({ maxLength: 64 })),
    version: fc.constantFrom([1, 0] as const, [2, 0] as const, [3, 0] as const, [9, 1] as const),
  })
  .map(({ header, values, version }) => npyBytes(header, values, version));

test("npy: headers of any fields", async () => {
  await fc.assert(
    fc.asyncProperty(npyFile, async (content) => {
      const x = await attempt(() => decodeNpy(content, file));
      if (x) expect(x.data.length).toBe(sizeOf(x.shape));
    }),
    { numRuns: 1000 },
  );
});

test("npz: archives of any files by any names, which are keys and no more", async () => {
  const good = npyBytes(npyHeader("'<f4'", "(2, 2)"));
  const files = fc.array(
    fc.tuple(
      fc.tuple(hostileNames, fc.constantFrom(".npy", ".npy", ".txt")).map(([name, ending]) => name + ending),
      fc.oneof(fc.constant(good), npyFile, bytes),
    ),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 2 }),
      async (entries, changes) => {
        const content = zipOf(Object.fromEntries(entries));
        for (const [at, byte] of changes) if (at < content.length) content[at] = byte;
        await attempt(() => decodeNpz(content, file));
      },
    ),
    { numRuns: 400 },
  );
});

test("npz: names that objects have of their own, and paths, are names", () => {
  const names = ["__proto__", "constructor", "../../x", "/etc/x", "a/../b"];
  const content = zipOf(Object.fromEntries(names.map((name) => [`${name}.npy`, npyBytes(npyHeader())])));
  const read = decodeNpz(content, file);
  expect([...read.keys()]).toEqual(names);
  expect(exactly(read.get("__proto__"))).toEqual(exactly(read.get("../../x")));
});

const operators = fc.constantFrom(
  "Relu",
  "Add",
  "Conv",
  "Reshape",
  "Expand",
  "Concat",
  "Slice",
  "Gemm",
  "constructor",
  "MaxPool",
);
const whole = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(2 ** 31, 2 ** 40, 2 ** 53 - 1, -(2 ** 53 - 1)));
const value = fc.constantFrom("x", "y", "w", "s", "", "__proto__");
const float = (name: string, dims: readonly number[]) => ({
  name,
  type: { tensorType: { elemType: 1, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } },
});
const onnxModel = fc
  .record({
    version: fc.oneof(fc.constant(17), whole),
    node: fc.array(
      fc.record({
        opType: operators,
        name: hostileNames,
        input: fc.array(value, { maxLength: 3 }),
        output: fc.array(value, { maxLength: 2 }),
        attribute: fc.array(
          fc.record({
            name: fc.constantFrom("axis", "axes", "pads", "strides", "kernel_shape", "group", "alpha", "__proto__"),
            ...{ type: fc.nat(8), i: whole, ints: fc.array(whole, { maxLength: 4 }), f: fc.float({ noNaN: true }) },
          }),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 4 },
    ),
    initializer: fc.array(
      fc.record({
        name: value,
        dims: fc.array(whole, { maxLength: 3 }),
        dataType: fc.oneof(fc.constantFrom(1, 7), fc.nat(20)),
        rawData: fc.uint8Array({ maxLength: 32 }),
        int64Data: fc.array(whole, { maxLength: 3 }),
      }),
      { maxLength: 3 },
    ),
    dims: fc.array(whole, { maxLength: 4 }),
  })
  .map(({ version, dims, ...graph }) =>
    writeMessage(modelProto, {
      irVersion: 8,
      opsetImport: [{ domain: "", version }],
      graph: { name: "g", ...graph, input: [float("x", dims)], output: [float("y", [])] },
    }),
  );

test("ONNX: graphs of any nodes, attributes and tensors", async () => {
  await fc.assert(
    fc.asyncProperty(onnxModel, async (content) => {
      await attempt(() => importOnnx(content, file));
    }),
    { numRuns: 1000 },
  );
});
