export { decodeNpy } from "./numpy/decode-npy.ts";
export { type DecodeNpzOptions, decodeNpz } from "./numpy/decode-npz.ts";
export { encodeNpy } from "./numpy/encode-npy.ts";
export { type EncodeNpzOptions, encodeNpz } from "./numpy/encode-npz.ts";
export { decodeSafetensors, type Safetensors } from "./safetensors/decode.ts";
export { type EncodeSafetensorsOptions, encodeSafetensors } from "./safetensors/encode.ts";
export type { SafetensorsEntry } from "./safetensors/header.ts";
export { type ByteSource, openSafetensors, type SafetensorsReader } from "./safetensors/open.ts";
