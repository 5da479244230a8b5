export type { Lanes, Vector } from "./algebra/lanes.ts";
export { type Scalar, ScalarAlgebra } from "./algebra/scalar-algebra.ts";
export { type ConstantPolicy, SimdAlgebra } from "./algebra/simd-algebra.ts";
export { AssemblerError } from "./assembler/assembler-error.ts";
export { type Callable, FunctionBuilder, type FunctionType, type Label } from "./assembler/function-builder.ts";
export { type Imports, ModuleBuilder } from "./assembler/module-builder.ts";
export type { F32, F64, I32, Local, OnStack, V128, ValueType } from "./assembler/value-types.ts";
export { compileModule } from "./engine/compile-module.ts";
export { currentEngine, enableV8Flags, useDeterministicKernels } from "./engine/current-engine.ts";
export { type Engine, relaxedSimd, relaxedSimdBareTiles, revectorized, simd128 } from "./engine/engine.ts";
export { type Address, absolute, at, base, pointer } from "./kernels/address.ts";
export type { BatchKernel, Scratch } from "./kernels/batch-kernel.ts";
export type { ConvSpec } from "./kernels/conv/conv-spec.ts";
export { conv2dForward, type ForwardAddresses } from "./kernels/conv/conv2d-forward.ts";
export { conv2dInputGrad, type InputGradAddresses } from "./kernels/conv/conv2d-input-grad.ts";
export { conv2dWeightGrad, type WeightGradAddresses } from "./kernels/conv/conv2d-weight-grad.ts";
export type { StridedCopySpec } from "./kernels/copy/copy-spec.ts";
export { type FillSpec, fill } from "./kernels/copy/fill.ts";
export { stridedCopy } from "./kernels/copy/strided-copy.ts";
export type { Epilogue, EpilogueOperand } from "./kernels/epilogue.ts";
export { type GemmAddresses, type GemmSpec, gemm, gemmScratch } from "./kernels/gemm/gemm.ts";
export { type ArgExtremeSpec, argExtreme } from "./kernels/index/arg-extreme.ts";
export { type CumsumSpec, cumsum } from "./kernels/index/cumsum.ts";
export { gather } from "./kernels/index/gather.ts";
export type { GatherSpec } from "./kernels/index/gather-spec.ts";
export { indexAdd } from "./kernels/index/index-add.ts";
export { type IndexSelectSpec, indexSelect } from "./kernels/index/index-select.ts";
export { type OneHotSpec, oneHot } from "./kernels/index/one-hot.ts";
export { type ScatterAddAddresses, scatterAdd } from "./kernels/index/scatter-add.ts";
export { type HostImports, hostImports, KernelContext, multiplyAdd } from "./kernels/kernel-context.ts";
export { elementwiseLoop } from "./kernels/loop/loop.ts";
export type {
  ElementType,
  LoopOperand,
  LoopOutput,
  LoopReduction,
  LoopScalar,
  LoopSpec,
  LoopStep,
} from "./kernels/loop/loop-spec.ts";
export { type AvgPoolSpec, avgPool2d, avgPool2dGrad } from "./kernels/pool/avg-pool2d.ts";
export { maxPool2d } from "./kernels/pool/max-pool2d.ts";
export { type MaxPool2dGradAddresses, type MaxPool2dGradSpec, maxPool2dGrad } from "./kernels/pool/max-pool2d-grad.ts";
export { maxPool2dIndices } from "./kernels/pool/max-pool2d-indices.ts";
export type { PoolDivisors } from "./kernels/pool/reduce-windows.ts";
export { isPairs, type PoolSpec, type Windows } from "./kernels/pool/windows.ts";
export {
  logSoftmax,
  type SoftmaxCrossEntropyAddresses,
  type SoftmaxCrossEntropySpec,
  softmax,
  softmaxCrossEntropy,
} from "./kernels/softmax/softmax.ts";
export type { SoftmaxSpec } from "./kernels/softmax/softmax-spec.ts";
