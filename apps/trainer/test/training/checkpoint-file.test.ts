import { decodeSafetensors, encodeSafetensors } from "@pointwise/formats";
import { FormatError, tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/training/checkpoint-file.ts";

const checkpoint = {
  tensors: new Map([
    ["b", tensor([1, 2])],
    ["a", tensor([[3]])],
  ]),
  metadata: { position: "here", format: "pt" },
};
const bytes = encodeCheckpoint(checkpoint);

test("gives back what was written, as a plain safetensors file", () => {
  const read = decodeCheckpoint(bytes, "file");
  expect(read.metadata).toEqual(checkpoint.metadata);
  expect([...read.tensors].map(([name, x]) => [name, x.toArray()]).sort()).toEqual([
    ["a", [[3]]],
    ["b", [1, 2]],
  ]);
  expect(decodeSafetensors(bytes, "file").metadata).toMatchObject(checkpoint.metadata);
});

test("refuses a file with any bit changed", () => {
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    let read: unknown;
    try {
      read = decodeCheckpoint(changed, "file");
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      continue;
    }
    // Only where the name of the checksum itself is another: then it is a file without one, and holds nothing else than before.
    expect(read).toMatchObject({ metadata: checkpoint.metadata });
  }
});

test("takes files that other programs wrote", () => {
  const { tensors, metadata } = checkpoint;
  expect(decodeCheckpoint(encodeSafetensors({ tensors, metadata }), "file").metadata).toEqual(metadata);
});
