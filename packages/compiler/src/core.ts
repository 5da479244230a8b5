/** All of the compiler but the kernels: what is not registered is not in the bundle. */
export { enableV8Flags, useDeterministicKernels } from "@pointwise/wasm";
export { type Compiled, compile } from "./compile.ts";
export {
  convKernels,
  copyKernels,
  indexKernels,
  matmulKernels,
  poolKernels,
  softmaxKernels,
} from "./lowerings/all-kernels.ts";
export type { Kernels } from "./lowerings/lowering.ts";
export { useKernels } from "./lowerings/registry.ts";
export type { Output } from "./outputs.ts";
