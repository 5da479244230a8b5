import { type FileHandle, open } from "node:fs/promises";
import { FormatError, type Tensor, UsageError } from "@pointwise/tensor";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ByteSource, decodeSafetensors, encodeSafetensors, openSafetensors } from "../src/index.ts";
import { counting, exactly } from "./arbitrary-tensors.ts";

const tensors = new Map<string, Tensor>([
  ["a", counting("float32")],
  ["b", counting("int32")],
  ["c", counting("bool")],
]);
const bytes = encodeSafetensors({ tensors, metadata: { epoch: "3" } });

/** The bytes, and a record of what was read of them. */
function recording(of: Uint8Array): ByteSource & { reads: [offset: number, length: number][] } {
  const reads: [number, number][] = [];
  const read = (offset: number, length: number) => {
    reads.push([offset, length]);
    return of.slice(offset, offset + length);
  };
  return { size: of.length, read, reads };
}

test("the header is read, then the tensors that are asked for, and nothing else", async () => {
  const source = recording(bytes);
  const file = await openSafetensors(source, "a.safetensors");
  const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(source.reads.splice(0)).toEqual([
    [0, 8],
    [8, headerLength],
  ]);
  expect(file.metadata).toEqual({ epoch: "3" });
  const start = 8 + headerLength;
  expect(file.entries).toEqual(
    new Map([
      ["a", { type: "F32", dtype: "float32", shape: [2, 3, 4], start, end: start + 96 }],
      ["b", { type: "I32", dtype: "int32", shape: [2, 3, 4], start: start + 96, end: start + 192 }],
      ["c", { type: "BOOL", dtype: "bool", shape: [2, 3, 4], start: start + 192, end: start + 216 }],
    ]),
  );
  expect(exactly(await file.read("b"))).toEqual(exactly(tensors.get("b")));
  expect(source.reads).toEqual([[start + 96, 96]]);
});

test("a name that is not there", async () => {
  const file = await openSafetensors(recording(bytes), "a.safetensors");
  await expect(file.read("weight")).rejects.toThrow(UsageError);
  await expect(file.read("weight")).rejects.toThrow(`a.safetensors has no tensor "weight". It has 3: "a", "b", "c".`);
  await expect(file.read("__proto__")).rejects.toThrow(UsageError);
});

test("a Blob, as browsers give it", async () => {
  const blob = new Blob([bytes]);
  const read = async (at: number, length: number) => new Uint8Array(await blob.slice(at, at + length).arrayBuffer());
  const file = await openSafetensors({ size: blob.size, read }, "a.safetensors");
  expect(exactly(await file.read("c"))).toEqual(exactly(tensors.get("c")));
});

describe("a file handle of Node", () => {
  let handle: FileHandle;
  beforeAll(async () => {
    handle = await open(new URL("fixtures/library.safetensors", import.meta.url));
  });
  afterAll(() => handle.close());

  test("reads as the whole file does", async () => {
    const { size } = await handle.stat();
    const read = async (at: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    const file = await openSafetensors({ size, read }, "library.safetensors");
    const whole = decodeSafetensors(await handle.readFile(), "library.safetensors");
    expect([...file.entries.keys()]).toEqual([...whole.tensors.keys()]);
    for (const [name, tensor] of whole.tensors) expect(exactly(await file.read(name))).toEqual(exactly(tensor));
  });
});

test("a header longer than the file is not asked for", async () => {
  const source = recording(Uint8Array.from(bytes).fill(255, 0, 4));
  await expect(openSafetensors(source, "a")).rejects.toThrow(FormatError);
  expect(source.reads).toEqual([[0, 8]]);
});

test("a file that ends anywhere is refused when it is opened", async () => {
  for (let length = 0; length < bytes.length; length++) {
    await expect(openSafetensors(recording(bytes.subarray(0, length)), "a"), `${length} bytes`).rejects.toThrow(
      FormatError,
    );
  }
});

test("a file that became shorter since is refused when it is read", async () => {
  const source = {
    size: bytes.length,
    read: (at: number, length: number) => bytes.subarray(at, Math.min(at + length, bytes.length - 1)),
  };
  const file = await openSafetensors(source, "a.safetensors");
  await expect(file.read("c")).rejects.toThrow(/24 bytes were asked for at byte \d+, but 23 came. Was it changed/);
});
