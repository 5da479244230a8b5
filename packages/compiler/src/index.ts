import { accelerateEagerOps } from "./eager/accelerate.ts";

export { enableRevectorizer, useDeterministicKernels } from "@pointwise/wasm";
export { type Compiled, compile } from "./compile.ts";
export type { Output } from "./outputs.ts";

// Whoever imports this package wants its kernels: eager mode uses them too.
accelerateEagerOps();
