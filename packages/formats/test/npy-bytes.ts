/** An npy file by the format's description: its magic bytes, version, header's length, header and values. */
export function npyBytes(
  header: string,
  valueBytes: number | Uint8Array = 16,
  version: readonly [number, number] = [1, 0],
): Uint8Array {
  const text = new TextEncoder().encode(header);
  const values = typeof valueBytes === "number" ? new Uint8Array(valueBytes) : valueBytes;
  const start = version[0] === 1 ? 10 : 12;
  const out = new Uint8Array(start + text.length + values.length);
  out.set([0x93, ...new TextEncoder().encode("NUMPY"), ...version]);
  const view = new DataView(out.buffer);
  if (version[0] === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  out.set(text, start);
  out.set(values, start + text.length);
  return out;
}

/** The header of a 2×2 array. */
export const npyHeader = (descr = "'<f4'", shape = "(2, 2)", fortranOrder = "False"): string =>
  `{'descr': ${descr}, 'fortran_order': ${fortranOrder}, 'shape': ${shape}, }\n`;
