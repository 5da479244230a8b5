import { readFileSync } from "node:fs";
import { type DType, FormatError, type Tensor, tensor, UsageError, zeros } from "@pointwise/tensor";
import fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from "../src/index.ts";
import { counting, exactly, exactlyAll, namedTensors } from "./arbitrary-tensors.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

describe("numpy.savez_compressed, of every type that is read", () => {
  const arrays = decodeNpz(fixture("every-type.npz"), "every-type.npz");
  const dtypes: Record<string, DType> = { f2: "float32", f4: "float32", f8: "float64", b1: "bool" };
  const codes = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"];

  test.each(codes.flatMap((code) => ["<", ">"].flatMap((order) => [`${order}${code} C`, `${order}${code} F`])))(
    "%s",
    (name) => {
      const expected = counting(dtypes[name.slice(1, 3)] ?? "int32", name[1] === "u" ? 0 : 12);
      expect(exactly(arrays.get(name))).toEqual(exactly(expected));
    },
  );

  test("scalars, empty arrays and special numbers", () => {
    expect(exactly(arrays.get("0-d"))).toEqual(exactly(tensor(1.5)));
    expect(exactly(arrays.get("empty"))).toEqual(exactly(zeros([0, 3], { dtype: "float64" })));
    const inf = Number.POSITIVE_INFINITY;
    expect(arrays.get("special")!.toArray()).toEqual([Number.NaN, inf, -inf, -0, 2 ** -24, 65504]);
    expect(arrays.size).toBe(4 * codes.length + 3);
  });
});

test("numpy.savez: stored, with names of all kinds", () => {
  const arrays = decodeNpz(fixture("stored.npz"), "stored.npz");
  expect([...arrays.keys()]).toEqual(["weight", "ünï", "a/b"]);
  expect(exactly(arrays.get("weight"))).toEqual(exactly(counting("float32")));
  expect(arrays.get("ünï")!.toArray()).toEqual([1, 2, 3]);
});

test("types that are not read say so, and what to do", () => {
  const cures: Record<string, RegExp> = {
    complex: /complex numbers: the type "<c8"\. Save x\.real and x\.imag/,
    objects: /Python objects, which only Python can make.*"\|O"\. Convert it/,
    texts: /texts: the type "<U1"\. Save numbers/,
    bytes: /texts: the type "\|S1"\. Save numbers/,
    dates: /dates: the type "<M8\[D\]"\. Convert them/,
    records: /records \(a structured type\).*Save its fields one by one/,
    longs: /its value 1 is 1099511627776, which does not fit int32.*Save it as int32 or as float64/,
  };
  const members = fixture("refused.npz");
  // Each is first, so none is hidden by another one: only its own array is in the archive.
  for (const [name, cure] of Object.entries(cures)) {
    const read = () => decodeNpy(memberOf(members, `${name}.npy`), `refused.npz: "${name}.npy"`);
    expect(read).toThrow(FormatError);
    expect(read).toThrow(cure);
  }
  expect(() => decodeNpz(members, "refused.npz")).toThrow(`Cannot read refused.npz: "complex.npy" as npy`);
});

describe.each([{ compress: false }, { compress: true }])("$compress", (options) => {
  test("what is written is read again, bit for bit", () => {
    fc.assert(
      fc.property(namedTensors, (tensors) => {
        const read = decodeNpz(encodeNpz(tensors, options), "x.npz");
        expect(exactlyAll(read)).toEqual(exactlyAll(tensors));
      }),
    );
  });

  test("the same tensors give the same bytes at any time", () => {
    const tensors = new Map([["w", counting("float32")]]);
    const once = encodeNpz(tensors, options);
    expect(new DataView(once.buffer).getUint32(10, true)).toBe(0x00210000); // the first of January 1980, midnight
    expect(encodeNpz(tensors, options)).toEqual(once);
  });

  test("a file that ends anywhere is refused", () => {
    const whole = encodeNpz(
      new Map<string, Tensor>([
        ["a", tensor([1, 2, 3])],
        ["b", tensor([true])],
      ]),
      options,
    );
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeNpz(whole.subarray(0, length), "x.npz"), `after ${length} bytes`).toThrow(FormatError);
    }
  });

  test("a byte changed anywhere is noticed, or changes nothing", () => {
    const tensors = new Map<string, Tensor>([
      ["a", tensor([1, 2, 3])],
      ["b", tensor([true])],
    ]);
    const whole = encodeNpz(tensors, options);
    for (let at = 0; at < whole.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = Uint8Array.from(whole);
        damaged[at]! ^= flip;
        try {
          expect([...decodeNpz(damaged, "x.npz").values()].map(exactly)).toEqual([...tensors.values()].map(exactly));
        } catch (error) {
          expect(error, `byte ${at}`).toBeInstanceOf(FormatError);
        }
      }
    }
  });
});

test("compressing makes files smaller", () => {
  const tensors = new Map([["w", zeros([1000])]]);
  expect(encodeNpz(tensors).length).toBeGreaterThan(4000);
  expect(encodeNpz(tensors, { compress: true }).length).toBeLessThan(400);
});

test("more arrays than a zip file holds are not written", () => {
  const many = new Map(Array.from({ length: 65_535 }, (_, i) => [String(i), zeros([])] as const));
  expect(() => encodeNpz(many)).toThrow(UsageError);
  expect(() => encodeNpz(many)).toThrow("Write several files, or one by encodeSafetensors.");
});

test("files that are no arrays are named", () => {
  const zip = zipSync({ "w.npy": encodeNpy(tensor([1])), "../readme.txt": Uint8Array.of(65) });
  expect(() => decodeNpz(zip, "x.npz")).toThrow(FormatError);
  expect(() => decodeNpz(zip, "x.npz")).toThrow(
    `Cannot read x.npz as npz: it has a file "../readme.txt" in it, but only .npy`,
  );
});

/** One file's bytes from an archive, read by another zip reader than the package's. */
function memberOf(archive: Uint8Array, name: string): Uint8Array {
  return unzipSync(archive, { filter: (file) => file.name === name })[name]!;
}
