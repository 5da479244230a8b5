import { type Tensor, UsageError } from "@pointwise/tensor";
import { zipSync } from "fflate";
import { encodeNpy } from "./encode-npy.ts";

export interface EncodeNpzOptions {
  /** As `numpy.savez_compressed` does: smaller, and slower to write and read. Off unless said otherwise. */
  readonly compress?: boolean;
}

/** What the format's fields can count without its extension zip64. */
const [mostFiles, mostBytes] = [0xfffe, 0xffff_fffe];

/**
 * Writes arrays for `numpy.load`, which gives them by their names. The same tensors give the same bytes.
 * @throws UsageError for more than 4 GiB, or more than 65,534 arrays
 */
export function encodeNpz(
  tensors: ReadonlyMap<string, Tensor>,
  options: EncodeNpzOptions = {},
): Uint8Array<ArrayBuffer> {
  const files = [...tensors].map(([name, tensor]) => [`${name}.npy`, encodeNpy(tensor)] as const);
  const bytes = files.reduce((sum, [name, file]) => sum + file.length + 6 * name.length + 100, 0);
  if (files.length > mostFiles || bytes > mostBytes) {
    throw new UsageError(
      `encodeNpz: ${files.length} arrays of ${bytes} bytes together are more than a zip file holds (65,534, and 4 GiB). ` +
        "Write several files, or one by encodeSafetensors.",
    );
  }
  // The time that NumPy writes too: the zip format's first.
  return zipSync(Object.fromEntries(files), { level: options.compress ? 6 : 0, mtime: new Date(1980, 0, 1) });
}
