/** A safetensors file of this header, as text or as what becomes JSON, and this many bytes of values. */
export function safetensorsBytes(header: string | object, valueBytes: number | Uint8Array = 0): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const values = typeof valueBytes === "number" ? new Uint8Array(valueBytes) : valueBytes;
  const out = new Uint8Array(8 + json.length + values.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  out.set(values, 8 + json.length);
  return out;
}

/** One tensor `w`, F32 [2, 2] where nothing else is said. */
export const oneTensor = (fields: object = {}, valueBytes: number | Uint8Array = 16): Uint8Array =>
  safetensorsBytes({ w: { dtype: "F32", shape: [2, 2], data_offsets: [0, 16], ...fields } }, valueBytes);
