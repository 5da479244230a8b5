import { type DType, fromData, type Tensor, type TypedArray, tensor } from "@pointwise/tensor";
import fc from "fast-check";

/** Any bits at all: NaNs of all kinds, infinities, subnormals, −0. */
const values: Record<DType, (size: number) => fc.Arbitrary<TypedArray>> = {
  float32: (size) => bytes(4 * size).map((b) => new Float32Array(b.buffer)),
  float64: (size) => bytes(8 * size).map((b) => new Float64Array(b.buffer)),
  int32: (size) => bytes(4 * size).map((b) => new Int32Array(b.buffer)),
  bool: (size) => bytes(size).map((b) => b.map((byte) => byte & 1)),
};

const bytes = (length: number): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((b) => Uint8Array.from(b));

const shapes = fc.array(fc.nat(3), { maxLength: 4 });

/** Tensors of every dtype, of 0 to 4 dimensions, some of them empty. */
export const tensors: fc.Arbitrary<Tensor> = fc
  .tuple(shapes, fc.constantFrom<DType>("float32", "float64", "int32", "bool"))
  .chain(([shape, dtype]) =>
    values[dtype](shape.reduce((product, d) => product * d, 1)).map((data) => fromData(data, shape, dtype)),
  );

/** Names that have tripped up parsers, and any others. */
export const names: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "0",
    "1",
    "",
    "../a",
    "/a",
    'say "hi"\n',
    "0.weight",
    "ünï\u{1f600}",
  ),
  fc.string({ unit: "grapheme" }).filter((name) => name !== "__metadata__"),
);

export const namedTensors: fc.Arbitrary<Map<string, Tensor>> = fc
  .array(fc.tuple(names, tensors), { maxLength: 5 })
  .map((entries) => new Map(entries));

const bytesOf = ({ data }: Tensor) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A tensor's shape, dtype and bits: what `toEqual` compares, which tells NaNs and zeros of different bits apart. */
export const exactly = (x: Tensor | undefined) => x && { shape: x.shape, dtype: x.dtype, bytes: [...bytesOf(x)] };

export const exactlyAll = (xs: ReadonlyMap<string, Tensor>) => new Map([...xs].map(([name, x]) => [name, exactly(x)]));

/** 2×3×4 values as the fixtures have them: 0 to 23 less an offset, and over 4 for floats. */
export const counting = (dtype: DType, offset = 12): Tensor =>
  tensor(
    Float64Array.from({ length: 24 }, (_, i) => {
      if (dtype === "bool") return i % 2;
      return dtype === "int32" ? i - offset : (i - offset) / 4;
    }),
    { shape: [2, 3, 4], dtype },
  );
