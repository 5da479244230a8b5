import type { DType, Tensor } from "@pointwise/tensor";
import { npyMagic } from "./npy-header.ts";

const descr: Readonly<Record<DType, string>> = { float32: "<f4", float64: "<f8", int32: "<i4", bool: "|b1" };

/** Values begin at a multiple of this, so that they can be mapped into memory. */
const alignment = 64;

/**
 * Writes an array for `numpy.load`: version 1.0, little-endian, in C order.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy({ data, shape, dtype }: Tensor): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const header = `{'descr': '${descr[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const headerStart = npyMagic.length + 4;
  const dataStart = Math.ceil((headerStart + header.length + 1) / alignment) * alignment;
  const bytes = new Uint8Array(dataStart + data.byteLength);
  bytes.set([...npyMagic, 1, 0]);
  new DataView(bytes.buffer).setUint16(npyMagic.length + 2, dataStart - headerStart, true);
  bytes.set(new TextEncoder().encode(`${header.padEnd(dataStart - headerStart - 1)}\n`), headerStart);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataStart);
  return bytes;
}
