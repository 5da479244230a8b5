import { accelerateEagerOps } from "./eager/accelerate.ts";
import { allKernels } from "./lowerings/all-kernels.ts";
import { useKernels } from "./lowerings/registry.ts";

export { enableV8Flags, useDeterministicKernels } from "@pointwise/wasm";
export { type Compiled, compile } from "./compile.ts";
export type { Output } from "./outputs.ts";

useKernels(...allKernels);
// Whoever imports this package wants its kernels: eager mode uses them too.
accelerateEagerOps();
