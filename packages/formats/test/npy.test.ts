import { readFileSync } from "node:fs";
import { FormatError, fromData, tensor } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeNpy, encodeNpy } from "../src/index.ts";
import { counting, exactly, tensors } from "./arbitrary-tensors.ts";
import { npyBytes, npyHeader } from "./npy-bytes.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

test.each([1, 2, 3])("version %i, as NumPy writes it", (version) => {
  expect(exactly(decodeNpy(fixture(`version-${version}.npy`), "x.npy"))).toEqual(exactly(counting("float32")));
});

test("what NumPy wrote is written to the byte", () => {
  expect(encodeNpy(counting("float32"))).toEqual(fixture("version-1.npy"));
});

test("what is written is read again, bit for bit", () => {
  fc.assert(
    fc.property(tensors, (x) => {
      expect(exactly(decodeNpy(encodeNpy(x), "x.npy"))).toEqual(exactly(x));
    }),
  );
});

test("in Fortran order the first index runs fastest", () => {
  const values = new Uint8Array(Float32Array.of(1, 3, 2, 4).buffer);
  expect(decodeNpy(npyBytes(npyHeader("'<f4'", "(2, 2)", "True"), values), "x.npy").toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  const x = fromData(Int32Array.of(1, 2, 3), [3], "int32");
  const one = npyBytes(npyHeader("'<i4'", "(3,)", "True"), new Uint8Array(Int32Array.of(1, 2, 3).buffer));
  expect(exactly(decodeNpy(one, "x.npy"))).toEqual(exactly(x));
});

test("in Fortran order, of any shape", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 5 }), (shape) => {
      const size = shape.reduce((product, d) => product * d, 1);
      const values = Int32Array.from({ length: size }, (_, i) => i);
      const tuple = `(${shape.map((d) => `${d},`).join("")})`;
      const read = decodeNpy(npyBytes(npyHeader("'<i4'", tuple, "True"), new Uint8Array(values.buffer)), "x.npy");
      expect(read.shape).toEqual(shape);
      const strides = shape.map((_, i) => shape.slice(0, i).reduce((product, d) => product * d, 1));
      for (let at = 0; at < size; at++) {
        let [rest, offset] = [at, 0];
        for (let dim = shape.length - 1; dim >= 0; dim--) {
          offset += (rest % shape[dim]!) * strides[dim]!;
          rest = Math.floor(rest / shape[dim]!);
        }
        expect(read.data[at]).toBe(offset);
      }
    }),
  );
});

describe("headers that Python reads too", () => {
  test.each([
    [`{"shape": (2, 2), "fortran_order": False, "descr": "<f4"}`, [2, 2]],
    [`{'descr':'<f4','fortran_order':False,'shape':(2,2)}`, [2, 2]],
    [`{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 2L), }`, [2, 2]],
    [`{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }   \n`, [4]],
    [`{ 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 4 , ) }`, [4]],
  ])("%s", (header, shape) => {
    expect(decodeNpy(npyBytes(header), "x.npy").shape).toEqual(shape);
  });
});

test.each<[rule: string, bytes: Uint8Array, message: string]>([
  [
    "the magic bytes",
    new TextEncoder().encode("PK\u0003\u0004"),
    "it does not begin with \\x93NUMPY. Was it cut off, or is it another kind of file?",
  ],
  ["a version", npyBytes(npyHeader()).subarray(0, 7), "it ends after 7 bytes, within its version"],
  ["a known version", npyBytes(npyHeader(), 16, [4, 0]), "it is of version 4.0, but there are 1.0, 2.0 and 3.0"],
  ["a known minor version", npyBytes(npyHeader(), 16, [1, 1]), "it is of version 1.1"],
  ["the header's length", npyBytes(npyHeader()).subarray(0, 9), "it ends after 9 bytes, within its header's length"],
  ["all of the header", npyBytes(npyHeader()).subarray(0, 30), "its header should have 60 bytes, but 20 are there"],
  [
    "a header of 10,000 bytes at most",
    npyBytes(npyHeader().padEnd(10_001)),
    "its header has 10001 bytes, but at most 10000 are read",
  ],
  ["UTF-8 in version 3", npyBytes(npyHeader(), 16, [3, 0]).fill(0xff, 20, 21), "its header is no UTF-8 text"],
  ["a dictionary", npyBytes("[1]"), `its header should have "{" at character 0, but has "[1]"`],
  ["texts as keys", npyBytes("{1: 2}"), `should have a name in quotes at character 1, but has "1: 2}"`],
  ["a colon", npyBytes("{'descr' '<f4'}"), `should have ":" at character 8`],
  ["commas between", npyBytes("{'descr': '<f4' 'fortran_order': False}"), `should have "," or "}" at character 15`],
  [
    "values that are literals",
    npyBytes("{'descr': __import__('os')}"),
    `should have a text, True, False or a tuple of whole numbers at character 9, but has " __import__('os')}"`,
  ],
  ["no escapes", npyBytes("{'descr': '\\x3cf4'}"), "should have a text, True, False"],
  ["the end of the dictionary", npyBytes("{'descr': '<f4'"), `should have "," or "}" at character 15, but has ""`],
  ["nothing after it", npyBytes(`${npyHeader()}x`), "its header should have its end at character 59"],
  ["one value a key", npyBytes("{'descr': '<f4', 'descr': '<f8'}"), `its header names "descr" twice`],
  ["a descr", npyBytes("{'fortran_order': False, 'shape': ()}"), "its header does not say descr"],
  ["a descr that is a text", npyBytes(npyHeader("True")), "its header does not say descr"],
  ["a shape", npyBytes("{'descr': '<f4', 'fortran_order': False}"), `but has "descr", "fortran_order"`],
  [
    "no other entries",
    npyBytes(npyHeader().replace("}", "'x': True}")),
    `but has "descr", "fortran_order", "shape", "x"`,
  ],
  ["a shape that is a tuple", npyBytes(npyHeader("'<f4'", "4")), "a tuple of whole numbers at character"],
  [
    "a tuple's comma",
    npyBytes(npyHeader("'<f4'", "(4)")),
    `a tuple of whole numbers at character 49, but has " (4), }`,
  ],
  ["sizes from 0", npyBytes(npyHeader("'<f4'", "(-4,)")), "a tuple of whole numbers at character 49"],
  ["tuples of one kind", npyBytes(npyHeader("'<f4'", "(2, 'x')")), "a tuple of whole numbers at character 49"],
  ["an order that is True or False", npyBytes(npyHeader("'<f4'", "(2, 2)", "'C'")), "fortran_order (True or False)"],
  [
    "shapes that do not overflow",
    npyBytes(npyHeader("'<f4'", "(99999999, 99999999)")),
    "its shape [99999999, 99999999] takes more bytes than can be counted",
  ],
  [
    "sizes that are finite",
    npyBytes(npyHeader("'<f4'", `(${"9".repeat(400)},)`)),
    "takes more bytes than can be counted",
  ],
  ["at most 64 dimensions", npyBytes(npyHeader("'<f4'", `(${"1,".repeat(65)})`), 4), "it has 65 dimensions"],
  [
    "all values",
    npyBytes(npyHeader(), 15),
    "its values of shape [2, 2] take 16 bytes, but 15 follow the header. Was it cut off",
  ],
  [
    "no bytes after the values",
    npyBytes(npyHeader(), 17),
    "but 17 follow the header. Is there more than one array in it?",
  ],
  [
    "bools of 0 and 1",
    npyBytes(npyHeader("'|b1'"), Uint8Array.of(0, 1, 1, 7)),
    "its value 3 is 7, but bools are 0 and 1",
  ],
  [
    "integers that fit int32",
    npyBytes(npyHeader("'>u4'", "(1,)"), Uint8Array.of(128, 0, 0, 1)),
    "its value 0 is 2147483649, which does not fit int32",
  ],
  ["a byte order", npyBytes(npyHeader("'=f4'")), `its type "=f4" does not say the order of its bytes`],
  [
    "a byte order for all but bytes",
    npyBytes(npyHeader("'|f4'")),
    `its type "|f4" does not say the order of its bytes`,
  ],
  ["a type that there is", npyBytes(npyHeader("'<q4'")), `it holds values of the type "<q4", which is unknown`],
  ["a type and nothing more", npyBytes(npyHeader("'<f4x'")), `"<f4x"`],
  [
    "a type that is no object's own",
    npyBytes(npyHeader("'__proto__'")),
    `it holds values of the type "__proto__", which is unknown`,
  ],
  [
    "no long doubles",
    npyBytes(npyHeader("'<f16'")),
    `it holds floats of a size that only some machines have: the type "<f16". Convert them in NumPy: x.astype("float64").`,
  ],
  [
    "no records",
    npyBytes(npyHeader("[('x', '<f4')]")),
    "it holds records (a structured type): \"[('x', '<f4')], 'fortran",
  ],
  ["no arrays of records", npyBytes(npyHeader("('<f4', (2,))")), "it holds records"],
  ["no raw bytes", npyBytes(npyHeader("'|V8'")), "it holds records or raw bytes"],
])("%s", (_, bytes, message) => {
  expect(() => decodeNpy(bytes, "data/x.npy")).toThrow(FormatError);
  expect(() => decodeNpy(bytes, "data/x.npy")).toThrow("Cannot read data/x.npy as npy: ");
  expect(() => decodeNpy(bytes, "data/x.npy")).toThrow(message);
});

test("a file that ends anywhere is refused", () => {
  const whole = encodeNpy(tensor([1, 2, 3]));
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodeNpy(whole.subarray(0, length), "x.npy"), `after ${length} bytes`).toThrow(FormatError);
  }
});
