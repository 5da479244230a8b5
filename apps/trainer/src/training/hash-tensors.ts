import { createHash } from "node:crypto";
import type { Tensor } from "@pointwise/tensor";

/**
 * A SHA-256 of tensors, by which those of two runs are compared: 64 hexadecimal digits. It covers names, dtypes, shapes and values to the bit, in the
 * order of the names, so that it depends on nothing else.
 * @param text covered too
 */
export function hashTensors(tensors: ReadonlyMap<string, Tensor>, text = ""): string {
  const hash = createHash("sha256");
  hash.update(`${JSON.stringify(text)}\n`);
  const names = [...tensors.keys()].sort();
  for (const name of names) {
    const { dtype, shape, data } = tensors.get(name)!;
    hash.update(`${JSON.stringify([name, dtype, shape])}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest("hex");
}
