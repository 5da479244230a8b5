export { enableRevectorizer, useDeterministicKernels } from "@pointwise/wasm";
export { type Compiled, compile } from "./compile.ts";
export type { Output } from "./outputs.ts";
