import type { Tensor } from "@pointwise/tensor";
import { quote, refusing } from "../refuse.ts";
import { readZip } from "../zip/read-zip.ts";
import { decodeNpy } from "./decode-npy.ts";

export interface DecodeNpzOptions {
  /** How many bytes compressed arrays may take together when they are unpacked; 1 GiB unless said otherwise. */
  readonly maxBytes?: number;
}

/**
 * Reads the arrays of an npz file, by their names: what `numpy.savez` and `numpy.savez_compressed` write.
 * @param file its name, for errors
 * @throws FormatError that says what is wrong with the file or an array in it, also if it would take more than `maxBytes`
 */
export function decodeNpz(bytes: Uint8Array, file: string, options: DecodeNpzOptions = {}): Map<string, Tensor> {
  const { maxBytes = 2 ** 30 } = options;
  const refuse = refusing(file, "npz");
  const tensors = new Map<string, Tensor>();
  for (const { name, content } of readZip(bytes, maxBytes, refuse)) {
    if (!name.endsWith(".npy")) refuse(`it has a file ${quote(name)} in it, but only .npy files belong there`);
    tensors.set(name.slice(0, -".npy".length), decodeNpy(content(), `${file}: ${quote(name)}`));
  }
  return tensors;
}
