import type { TensorOptions } from "./create.ts";
import { type DType, isFloat, type TypedArray } from "./dtype.ts";
import { DTypeError, UsageError } from "./errors.ts";
import type { Op } from "./op.ts";
import { abs } from "./ops/abs.ts";
import { add } from "./ops/add.ts";
import { all } from "./ops/all.ts";
import { amax } from "./ops/amax.ts";
import { amin } from "./ops/amin.ts";
import { any } from "./ops/any.ts";
import { argmax } from "./ops/argmax.ts";
import { argmin } from "./ops/argmin.ts";
import { argsort, type SortOptions } from "./ops/argsort.ts";
import { broadcastTo } from "./ops/broadcast-to.ts";
import { cast } from "./ops/cast.ts";
import { ceil } from "./ops/ceil.ts";
import { type ClampBounds, clamp } from "./ops/clamp.ts";
import { cos } from "./ops/cos.ts";
import { cumsum } from "./ops/cumsum.ts";
import { detach } from "./ops/detach.ts";
import { div } from "./ops/div.ts";
import type { ReduceOptions } from "./ops/drop-dims.ts";
import { eq } from "./ops/eq.ts";
import { erf } from "./ops/erf.ts";
import { exp } from "./ops/exp.ts";
import { expm1 } from "./ops/expm1.ts";
import { flatten } from "./ops/flatten.ts";
import { flip } from "./ops/flip.ts";
import { floor } from "./ops/floor.ts";
import { gather } from "./ops/gather.ts";
import { ge } from "./ops/ge.ts";
import { type GeluOptions, gelu } from "./ops/gelu.ts";
import { gt } from "./ops/gt.ts";
import { indexAdd } from "./ops/index-add.ts";
import { indexSelect } from "./ops/index-select.ts";
import { isfinite } from "./ops/isfinite.ts";
import { isnan } from "./ops/isnan.ts";
import { le } from "./ops/le.ts";
import { leakyRelu } from "./ops/leaky-relu.ts";
import { log } from "./ops/log.ts";
import { logSoftmax } from "./ops/log-softmax.ts";
import { logSumExp } from "./ops/log-sum-exp.ts";
import { log1p } from "./ops/log1p.ts";
import { logicalAnd } from "./ops/logical-and.ts";
import { logicalNot } from "./ops/logical-not.ts";
import { logicalOr } from "./ops/logical-or.ts";
import { lt } from "./ops/lt.ts";
import { type MatmulAttrs, matmul } from "./ops/matmul.ts";
import { maximum } from "./ops/maximum.ts";
import { mean } from "./ops/mean.ts";
import { minimum } from "./ops/minimum.ts";
import { mul } from "./ops/mul.ts";
import { narrow } from "./ops/narrow.ts";
import { ne } from "./ops/ne.ts";
import { neg } from "./ops/neg.ts";
import { type NormOptions, norm } from "./ops/norm.ts";
import { oneHot } from "./ops/one-hot.ts";
import { type PadWidths, pad } from "./ops/pad.ts";
import { permute } from "./ops/permute.ts";
import { pow } from "./ops/pow.ts";
import { prod } from "./ops/prod.ts";
import { reciprocal } from "./ops/reciprocal.ts";
import { relu } from "./ops/relu.ts";
import { remainder } from "./ops/remainder.ts";
import { reshape } from "./ops/reshape.ts";
import { round } from "./ops/round.ts";
import { rsqrt } from "./ops/rsqrt.ts";
import { scatterAdd } from "./ops/scatter-add.ts";
import { select } from "./ops/select.ts";
import { sigmoid } from "./ops/sigmoid.ts";
import { sign } from "./ops/sign.ts";
import { silu } from "./ops/silu.ts";
import { sin } from "./ops/sin.ts";
import { type Range, slice } from "./ops/slice.ts";
import { softmax } from "./ops/softmax.ts";
import { softplus } from "./ops/softplus.ts";
import { sort } from "./ops/sort.ts";
import { split } from "./ops/split.ts";
import { sqrt } from "./ops/sqrt.ts";
import { square } from "./ops/square.ts";
import { squeeze } from "./ops/squeeze.ts";
import { sub } from "./ops/sub.ts";
import { sum } from "./ops/sum.ts";
import { tanh } from "./ops/tanh.ts";
import { tile } from "./ops/tile.ts";
import { topk } from "./ops/topk.ts";
import { transpose } from "./ops/transpose.ts";
import { trunc } from "./ops/trunc.ts";
import { unsqueeze } from "./ops/unsqueeze.ts";
import { std, type VarianceOptions, variance } from "./ops/variance.ts";
import { where } from "./ops/where.ts";
import { formatTensor } from "./print.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";
import type { Storage } from "./storage.ts";

/** How a tensor came about: an edge of the graph that gradients flow back through. */
export interface Origin {
  readonly op: Op;
  readonly attrs: unknown;
  readonly inputs: readonly Tensor[];
  /** The inputs' storage versions when the op ran. */
  readonly versions: readonly number[];
}

/** Nested arrays of numbers, one level a dimension. */
export type NestedArray = number | readonly NestedArray[];

/** What functions take for a tensor: a number stands for a 0-d tensor of its neighbours' dtype. */
export type TensorLike = Tensor | number;

type Dims = number | readonly number[];

/**
 * An n-dimensional array: contiguous and row-major. Its values change only by `assign`. While a trace is open, a tensor
 * may have a shape but no values.
 */
export class Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  /** `undefined` in a trace: there are no values yet. */
  readonly storage: Storage | undefined;
  readonly origin: Origin | undefined;
  private wantsGrad = false;

  /** Use `tensor`, `zeros` and the like; ops call this. */
  constructor(shape: Shape, dtype: DType, storage: Storage | undefined, origin?: Origin) {
    this.shape = shape;
    this.dtype = dtype;
    this.storage = storage;
    this.origin = origin;
  }

  /**
   * Whether gradients are wanted for this tensor.
   * @throws DTypeError when set on a tensor of integers or bools.
   */
  get requiresGrad(): boolean {
    return this.wantsGrad;
  }

  set requiresGrad(wanted: boolean) {
    if (wanted && !isFloat(this.dtype)) {
      throw new DTypeError(
        `requiresGrad: this tensor ${formatShape(this.shape)} is ${this.dtype}, but only float32 and float64 have gradients. ` +
          `Use cast(x, "float32"), unless it holds indices or a mask, which need none.`,
      );
    }
    this.wantsGrad = wanted;
  }

  /** Whether a gradient can flow to this tensor or through it. */
  get tracked(): boolean {
    return this.requiresGrad || this.origin !== undefined;
  }

  get rank(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The values, row-major; bools as 0 and 1. It is the tensor's memory, not a copy: treat it as read-only, and do not keep it.
   * @throws UsageError while the tensor is traced.
   */
  get data(): TypedArray {
    if (!this.storage) {
      throw new UsageError(
        `This ${this.dtype} tensor ${formatShape(this.shape)} has no values yet: it is being traced, and its values exist only ` +
          `when the compiled function runs. Return it from the function and read it there.`,
      );
    }
    return this.storage.view;
  }

  /** The only value of a tensor of one element. */
  item(): number {
    if (this.size !== 1) {
      throw new UsageError(
        `item: a tensor of shape ${formatShape(this.shape)} has ${this.size} values, not one. Use toArray(), or reduce it first.`,
      );
    }
    return this.storage ? this.storage.first : this.data[0]!;
  }

  /** The values as nested arrays; a number for a 0-d tensor. */
  toArray(): NestedArray {
    const data = this.data;
    let at = 0;
    const build = (dim: number): NestedArray =>
      dim === this.rank ? data[at++]! : Array.from({ length: this.shape[dim]! }, () => build(dim + 1));
    return build(0);
  }

  toString(): string {
    return formatTensor(this);
  }

  /** What Node's console.log shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return formatTensor(this);
  }

  // The functions of the same names, with this tensor as their first argument: see there.

  add(other: TensorLike): Tensor {
    return add(this, other);
  }

  sub(other: TensorLike): Tensor {
    return sub(this, other);
  }

  mul(other: TensorLike): Tensor {
    return mul(this, other);
  }

  div(other: TensorLike): Tensor {
    return div(this, other);
  }

  pow(other: TensorLike): Tensor {
    return pow(this, other);
  }

  maximum(other: TensorLike): Tensor {
    return maximum(this, other);
  }

  minimum(other: TensorLike): Tensor {
    return minimum(this, other);
  }

  remainder(other: TensorLike): Tensor {
    return remainder(this, other);
  }

  eq(other: TensorLike): Tensor {
    return eq(this, other);
  }

  ne(other: TensorLike): Tensor {
    return ne(this, other);
  }

  lt(other: TensorLike): Tensor {
    return lt(this, other);
  }

  le(other: TensorLike): Tensor {
    return le(this, other);
  }

  gt(other: TensorLike): Tensor {
    return gt(this, other);
  }

  ge(other: TensorLike): Tensor {
    return ge(this, other);
  }

  logicalAnd(other: Tensor): Tensor {
    return logicalAnd(this, other);
  }

  logicalOr(other: Tensor): Tensor {
    return logicalOr(this, other);
  }

  logicalNot(): Tensor {
    return logicalNot(this);
  }

  abs(): Tensor {
    return abs(this);
  }

  neg(): Tensor {
    return neg(this);
  }

  sign(): Tensor {
    return sign(this);
  }

  exp(): Tensor {
    return exp(this);
  }

  expm1(): Tensor {
    return expm1(this);
  }

  log(): Tensor {
    return log(this);
  }

  log1p(): Tensor {
    return log1p(this);
  }

  sqrt(): Tensor {
    return sqrt(this);
  }

  rsqrt(): Tensor {
    return rsqrt(this);
  }

  square(): Tensor {
    return square(this);
  }

  reciprocal(): Tensor {
    return reciprocal(this);
  }

  sin(): Tensor {
    return sin(this);
  }

  cos(): Tensor {
    return cos(this);
  }

  tanh(): Tensor {
    return tanh(this);
  }

  erf(): Tensor {
    return erf(this);
  }

  floor(): Tensor {
    return floor(this);
  }

  ceil(): Tensor {
    return ceil(this);
  }

  round(): Tensor {
    return round(this);
  }

  trunc(): Tensor {
    return trunc(this);
  }

  isnan(): Tensor {
    return isnan(this);
  }

  isfinite(): Tensor {
    return isfinite(this);
  }

  relu(): Tensor {
    return relu(this);
  }

  sigmoid(): Tensor {
    return sigmoid(this);
  }

  silu(): Tensor {
    return silu(this);
  }

  softplus(): Tensor {
    return softplus(this);
  }

  leakyRelu(negativeSlope?: number): Tensor {
    return leakyRelu(this, negativeSlope);
  }

  gelu(options?: GeluOptions): Tensor {
    return gelu(this, options);
  }

  clamp(bounds: ClampBounds): Tensor {
    return clamp(this, bounds);
  }

  where(condition: Tensor, other: TensorLike): Tensor {
    return where(condition, this, other);
  }

  sum(dim?: Dims, options?: ReduceOptions): Tensor {
    return sum(this, dim, options);
  }

  prod(dim?: Dims, options?: ReduceOptions): Tensor {
    return prod(this, dim, options);
  }

  mean(dim?: Dims, options?: ReduceOptions): Tensor {
    return mean(this, dim, options);
  }

  amax(dim?: Dims, options?: ReduceOptions): Tensor {
    return amax(this, dim, options);
  }

  amin(dim?: Dims, options?: ReduceOptions): Tensor {
    return amin(this, dim, options);
  }

  any(dim?: Dims, options?: ReduceOptions): Tensor {
    return any(this, dim, options);
  }

  all(dim?: Dims, options?: ReduceOptions): Tensor {
    return all(this, dim, options);
  }

  logSumExp(dim?: Dims, options?: ReduceOptions): Tensor {
    return logSumExp(this, dim, options);
  }

  var(dim?: Dims, options?: VarianceOptions): Tensor {
    return variance(this, dim, options);
  }

  std(dim?: Dims, options?: VarianceOptions): Tensor {
    return std(this, dim, options);
  }

  norm(dim?: Dims, options?: NormOptions): Tensor {
    return norm(this, dim, options);
  }

  argmax(dim?: number, options?: ReduceOptions): Tensor {
    return argmax(this, dim, options);
  }

  argmin(dim?: number, options?: ReduceOptions): Tensor {
    return argmin(this, dim, options);
  }

  cumsum(dim: number): Tensor {
    return cumsum(this, dim);
  }

  matmul(other: Tensor, options?: Partial<MatmulAttrs>): Tensor {
    return matmul(this, other, options);
  }

  softmax(dim: number): Tensor {
    return softmax(this, dim);
  }

  logSoftmax(dim: number): Tensor {
    return logSoftmax(this, dim);
  }

  reshape(shape: Shape): Tensor {
    return reshape(this, shape);
  }

  flatten(startDim?: number, endDim?: number): Tensor {
    return flatten(this, startDim, endDim);
  }

  squeeze(dim?: number): Tensor {
    return squeeze(this, dim);
  }

  unsqueeze(dim: number): Tensor {
    return unsqueeze(this, dim);
  }

  permute(dims: readonly number[]): Tensor {
    return permute(this, dims);
  }

  transpose(dim0?: number, dim1?: number): Tensor {
    return transpose(this, dim0, dim1);
  }

  broadcastTo(shape: Shape): Tensor {
    return broadcastTo(this, shape);
  }

  tile(times: readonly number[]): Tensor {
    return tile(this, times);
  }

  flip(dim?: Dims): Tensor {
    return flip(this, dim);
  }

  pad(widths: PadWidths, value?: number): Tensor {
    return pad(this, widths, value);
  }

  slice(...ranges: readonly Range[]): Tensor {
    return slice(this, ...ranges);
  }

  narrow(dim: number, start: number, length: number): Tensor {
    return narrow(this, dim, start, length);
  }

  select(dim: number, index: number): Tensor {
    return select(this, dim, index);
  }

  split(sizes: number | readonly number[], dim?: number): Tensor[] {
    return split(this, sizes, dim);
  }

  gather(dim: number, index: Tensor): Tensor {
    return gather(this, dim, index);
  }

  indexSelect(dim: number, index: Tensor): Tensor {
    return indexSelect(this, dim, index);
  }

  indexAdd(dim: number, index: Tensor, source: Tensor): Tensor {
    return indexAdd(this, dim, index, source);
  }

  scatterAdd(dim: number, index: Tensor, source: Tensor): Tensor {
    return scatterAdd(this, dim, index, source);
  }

  oneHot(numClasses: number, options?: TensorOptions): Tensor {
    return oneHot(this, numClasses, options);
  }

  sort(dim?: number, options?: SortOptions): { values: Tensor; indices: Tensor } {
    return sort(this, dim, options);
  }

  argsort(dim?: number, options?: SortOptions): Tensor {
    return argsort(this, dim, options);
  }

  topk(k: number, dim?: number): { values: Tensor; indices: Tensor } {
    return topk(this, k, dim);
  }

  cast(dtype: DType): Tensor {
    return cast(this, dtype);
  }

  detach(): Tensor {
    return detach(this);
  }
}
