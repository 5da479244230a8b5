export { apply } from "./apply.ts";
export { assign } from "./assign.ts";
export {
  fromData,
  full,
  type NestedValues,
  ones,
  onesLike,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from "./create.ts";
export { elementwise, kernel, type ReduceAttrs, reduction, view } from "./define.ts";
export {
  bytesPerElement,
  copyValues,
  type DType,
  isFloat,
  promoteToFloat,
  promoteTypes,
  type TensorType,
  type TypedArray,
  viewBuffer,
} from "./dtype.ts";
export type { Algebra } from "./elementwise/algebra.ts";
export { numberAlgebra } from "./elementwise/number-algebra.ts";
export { DTypeError, FormatError, PointwiseError, ShapeError, UsageError } from "./errors.ts";
export { type Accelerator, runReference, setAccelerator } from "./execute.ts";
export { isGradEnabled, withGradMode } from "./grad-mode.ts";
export { windowSizes } from "./kernels/avg-pool2d.ts";
export type { PoolWindows } from "./kernels/pool-windows.ts";
export {
  type Buffer,
  type ElementwiseOp,
  type KernelOp,
  type Op,
  type ReduceOp,
  type ViewOp,
  type Vjp,
  type VjpContext,
  type VjpRules,
  vjpOf,
} from "./op.ts";
export * from "./ops/index.ts";
export { arange, eye, linspace } from "./ranges.ts";
export { type NormalOptions, Rng, type Seed, type UniformOptions } from "./rng.ts";
export {
  broadcastShapes,
  formatShape,
  normalizeDim,
  normalizeDims,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
} from "./shape.ts";
export { type Heap, Storage } from "./storage.ts";
export { newStructureKey, structureVersion, toggleStructure } from "./structure-version.ts";
export { type NestedArray, type Origin, Tensor, type TensorLike } from "./tensor.ts";
export { threefry2x32 } from "./threefry.ts";
export { currentTracer, type Tracer, trace } from "./tracer.ts";
