import { FormatError } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../src/index.ts";
import { counting } from "./arbitrary-tensors.ts";
import { oneTensor, safetensorsBytes } from "./safetensors-bytes.ts";

const whole = encodeSafetensors({
  tensors: new Map([
    ["w", counting("float32")],
    ["b", counting("bool")],
  ]),
  metadata: { a: "b" },
});
const withLength = (length: bigint) => {
  const bytes = Uint8Array.from(whole);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
};
const entry = (start: number, end: number) => ({ dtype: "U8", shape: [end - start], data_offsets: [start, end] });

test.each<[rule: string, bytes: Uint8Array, message: string]>([
  [
    "8 bytes for the header's length",
    new Uint8Array(7),
    "it has 7 bytes, and its first 8 should be the header's length. Was it cut off",
  ],
  [
    "a header within the file",
    withLength(5000n),
    `its header should have 5000 bytes, but the whole file has ${whole.length}. Was it cut off`,
  ],
  ["a header of 100 MB at most", withLength(100_000_001n), "and headers are at most 100000000 bytes long"],
  [
    "a header of 100 MB at most, not counted in doubles",
    withLength(2n ** 64n - 1n),
    "its header should have 18446744073709551615 bytes",
  ],
  [
    "another kind of file",
    new TextEncoder().encode("PK\u0003\u0004 and so on and on"),
    "or is it another kind of file?",
  ],
  ["no empty header", safetensorsBytes(""), `its header does not begin with "{"`],
  ["{ as the header's first byte", safetensorsBytes(" {}"), `its header does not begin with "{"`],
  ["a header in UTF-8", Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0x7d), "its header is no UTF-8 text"],
  ["JSON", safetensorsBytes("{nope"), `its header should have a text in quotes at character 1, but has "nope"`],
  ["JSON to its end", safetensorsBytes(`{"a`), `should have a well-formed text at character 1, but has "\\"a"`],
  [
    "JSON without commas too many",
    safetensorsBytes("{,}"),
    `should have a text in quotes at character 1, but has ",}"`,
  ],
  ["JSON's escapes", safetensorsBytes(`{"\\x":1}`), "a well-formed text at character 1"],
  ["no control characters in names", safetensorsBytes(`{"\n":1}`), "a well-formed text at character 1"],
  ["whole characters in names", safetensorsBytes(`{"\\ud800":1}`), "a well-formed text at character 1"],
  [
    "nothing after the header's object",
    safetensorsBytes(`{}{}`),
    `should have the end of the header at character 2, but has "{}"`,
  ],
  [
    "texts as metadata",
    safetensorsBytes(`{"__metadata__":{"epoch":3}}`),
    `a text in quotes at character 25, but has "3}}"`,
  ],
  ["flat metadata", safetensorsBytes(`{"__metadata__":{"a":{"b":"c"}}}`), "a text in quotes at character 21"],
  ["an object as metadata", safetensorsBytes(`{"__metadata__":[]}`), `"{" at character 16`],
  [
    "one tensor a name",
    safetensorsBytes(
      `{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`,
      1,
    ),
    `its header names "w" twice. Only one can be meant`,
  ],
  [
    "one tensor a name, however it is spelled",
    safetensorsBytes(`{"w":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0077":1}`),
    `its header names "w" twice`,
  ],
  ["one value a field", safetensorsBytes(`{"w":{"dtype":"U8","dtype":"F32"}}`), `its header names "dtype" twice`],
  [
    "one metadata object",
    safetensorsBytes(`{"__metadata__":{},"__metadata__":{}}`),
    `its header names "__metadata__" twice`,
  ],
  ["an object for a tensor", safetensorsBytes({ w: 3 }), `should have "{" at character 5, but has "3}"`],
  [
    "a dtype",
    safetensorsBytes(`{"w":{"shape":[],"data_offsets":[0,4]}}`, 4),
    `"w": it lacks one of dtype, shape and data_offsets`,
  ],
  [
    "no other fields",
    oneTensor({ strides: [1] }),
    `"w": it has a field "strides", but there are only dtype, shape and data_offsets`,
  ],
  [
    "a known dtype",
    oneTensor({ dtype: "F8_E4M3" }),
    `"w": it has values of type "F8_E4M3", but those that are read here are BOOL, U8,`,
  ],
  ["a dtype that is not an object's own", oneTensor({ dtype: "__proto__" }), `it has values of type "__proto__"`],
  ["whole sizes", oneTensor({ shape: [2.5] }), `should have "]" at character`],
  ["sizes in digits", oneTensor({ shape: [1e21] }), `should have "]" at character`],
  ["no sizes below zero", oneTensor({ shape: [-1] }), "should have a whole number from 0 to 2⁵³ − 1 at character"],
  ["no leading zeros", safetensorsBytes(`{"w":{"shape":[01]}}`), "should have a whole number"],
  ["countable sizes", oneTensor({ shape: [2 ** 53] }), "should have a whole number from 0 to 2⁵³ − 1"],
  [
    "shapes that do not overflow",
    oneTensor({ shape: [2 ** 27, 2 ** 27] }),
    `"w": its shape [134217728, 134217728] takes more bytes than can be counted`,
  ],
  [
    "shapes that do not overflow behind a zero",
    oneTensor({ shape: [0, 2 ** 40, 2 ** 40], data_offsets: [0, 0] }, 0),
    "more bytes than can be counted",
  ],
  [
    "at most 64 dimensions",
    oneTensor({ shape: Array(65).fill(1), dtype: "U8", data_offsets: [0, 1] }, 1),
    `"w": it has 65 dimensions, but at most 64 make sense`,
  ],
  ["two offsets", oneTensor({ data_offsets: [0, 16, 16] }), `"w": its data_offsets [0, 16, 16] are no start and end`],
  ["offsets in order", oneTensor({ data_offsets: [16, 0] }), `"w": its data_offsets [16, 0] are no start and end`],
  [
    "as many bytes as the shape needs",
    oneTensor({ shape: [3] }),
    `"w": F32 [3] needs 12 bytes, but its data_offsets give it 16. What wrote it breaks`,
  ],
  [
    "no hole at the start",
    safetensorsBytes({ w: entry(1, 2) }, 2),
    `the values of "w" begin at byte 62 instead of 61, and leave a hole before them`,
  ],
  ["no hole between", safetensorsBytes({ b: entry(3, 4), a: entry(0, 2) }, 4), `the values of "b" begin at byte`],
  ["no overlap", safetensorsBytes({ a: entry(0, 3), b: entry(2, 4) }, 4), `and overlap those before them`],
  [
    "no two tensors in one place",
    safetensorsBytes({ a: entry(0, 4), b: entry(0, 4) }, 4),
    `and overlap those before them`,
  ],
  ["all values there", oneTensor({}, 15), "its values should end at byte 81, but it has 80 bytes. Was it cut off"],
  ["no bytes after the values", oneTensor({}, 17), "its values end at byte 81, but it goes on to byte 82"],
  ["no bytes after no tensors", safetensorsBytes("{}", 1), "its values end at byte 10, but it goes on to byte 11"],
  [
    "bools of 0 and 1",
    oneTensor({ dtype: "BOOL", shape: [3], data_offsets: [0, 3] }, Uint8Array.of(0, 1, 2)),
    `"w": its value 2 is 2, but bools are 0 and 1`,
  ],
  [
    "integers that fit int32: I64",
    oneTensor({ dtype: "I64", shape: [2] }, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0, 0)),
    `"w": its value 1 is 2147483648, which does not fit int32`,
  ],
  [
    "integers that fit int32: negative I64",
    oneTensor({ dtype: "I64", shape: [2] }, new Uint8Array(16).fill(0x80)),
    `its value 0 is -9187201950435737472, which does not fit int32`,
  ],
  [
    "integers that fit int32: U64",
    oneTensor({ dtype: "U64", shape: [2] }, new Uint8Array(16).fill(255)),
    `its value 0 is 18446744073709551615, which does not fit int32`,
  ],
  [
    "integers that fit int32: U32",
    oneTensor({ dtype: "U32", shape: [4] }, new Uint8Array(16).fill(255)),
    `its value 0 is 4294967295, which does not fit int32`,
  ],
])("%s", (_, bytes, message) => {
  expect(() => decodeSafetensors(bytes, "runs/a/best.safetensors")).toThrow(FormatError);
  expect(() => decodeSafetensors(bytes, "runs/a/best.safetensors")).toThrow(
    "Cannot read runs/a/best.safetensors as safetensors: ",
  );
  expect(() => decodeSafetensors(bytes, "runs/a/best.safetensors")).toThrow(message);
});

test("a header may end in spaces, and be written with spaces within", () => {
  const header = ` {"w" : {"dtype":"U8",\n"shape":[ 1 , 1 ],"data_offsets":[0,1] } , "e":{"dtype":"U8","shape":[0],"data_offsets":[1,1]}}  `;
  const { tensors } = decodeSafetensors(safetensorsBytes(header.trimStart(), 1), "a");
  expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
    ["w", [1, 1]],
    ["e", [0]],
  ]);
});

test("a file that ends anywhere is refused", () => {
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodeSafetensors(whole.subarray(0, length), "a"), `after ${length} bytes`).toThrow(FormatError);
  }
});

describe("names are shown so that a terminal is safe", () => {
  const message = (name: string) => {
    try {
      decodeSafetensors(safetensorsBytes({ [name]: { ...entry(0, 1), shape: [2] } }, 1), "a");
    } catch (error) {
      return String(error);
    }
    return "";
  };
  test("control characters are not printed", () => {
    expect(message("a\u001b[2Jb\u009bc")).toContain(`"a\\u001b[2Jb�c": U8 [2] needs 2 bytes`);
  });
  test("long names are cut", () => {
    expect(message("x".repeat(100_000)).length).toBeLessThan(300);
  });
});

test("nesting of any depth is refused, not followed", () => {
  const deep = "[".repeat(1_000_000);
  expect(() => decodeSafetensors(safetensorsBytes(`{"w":${deep}`), "a")).toThrow(FormatError);
  expect(() => decodeSafetensors(safetensorsBytes(`{"w":{"shape":${deep}`), "a")).toThrow(FormatError);
  expect(() => decodeSafetensors(safetensorsBytes(`{"w":{"x":${deep}`), "a")).toThrow(FormatError);
});
