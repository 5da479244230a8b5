import { noGrad } from "@pointwise/autograd";
import {
  add,
  assign,
  cast,
  div,
  mean,
  mul,
  ones,
  type Shape,
  sizeOf,
  sub,
  type Tensor,
  variance,
  zeros,
} from "@pointwise/tensor";
import type { ChainRule, Channels } from "../chain.ts";
import { checkPositive, formatOptions, withDefaults } from "../check-arguments.ts";
import { checkMaps } from "../check-input.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import type { LayerCost } from "../summary/cost.ts";
import { batchNorm } from "./batch-norm.ts";
import {
  type BatchNorm2dOptions,
  batchNormDefaults,
  checkBatch,
  checkMomentum,
  savedAs,
} from "./batch-norm2d-options.ts";

/**
 * Gives each channel of [N, C, H, W] mean 0 and variance 1: over the batch in training, by running statistics in evaluation.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
 * @see S. Ioffe and C. Szegedy, "Batch normalization" (2015)
 */
export class BatchNorm2d<C extends number = number> extends Module {
  declare readonly chain?: ChainRule<"BatchNorm2d", Channels<C>, Channels<C>>;
  readonly numFeatures: C;
  readonly options: Required<BatchNorm2dOptions>;
  /** [C], like all but the last of these. */
  weight: Parameter | undefined;
  bias: Parameter | undefined;
  runningMean: Tensor | undefined;
  /** Unbiased, though the batch's own variance, by which it normalises, is not. */
  runningVar: Tensor | undefined;
  /** int32, no dimensions. */
  numBatchesTracked: Tensor | undefined;

  constructor(numFeatures: C, options: BatchNorm2dOptions = {}) {
    super();
    this.numFeatures = numFeatures;
    this.options = withDefaults(options, batchNormDefaults);
    const { affine, momentum, trackRunningStats } = this.options;
    checkPositive("BatchNorm2d", { numFeatures });
    checkMomentum(momentum);
    this.weight = affine ? new Parameter(ones([numFeatures])) : undefined;
    this.bias = affine ? new Parameter(zeros([numFeatures])) : undefined;
    this.runningMean = trackRunningStats ? zeros([numFeatures]) : undefined;
    this.runningVar = trackRunningStats ? ones([numFeatures]) : undefined;
    this.numBatchesTracked = trackRunningStats ? zeros([], { dtype: "int32" }) : undefined;
  }

  override forward(x: Tensor): Tensor {
    checkMaps(this, x, this.numFeatures, (c) => `Did you mean new BatchNorm2d(${c})?`);
    const { runningMean, runningVar, weight, bias, options } = this;
    if (!this.training && runningMean && runningVar)
      return batchNorm(x, runningMean, runningVar, weight, bias, options.eps);
    if (this.training) checkBatch(this, x);
    const [batchMean, batchVar] = [mean(x, [0, 2, 3]), variance(x, [0, 2, 3], { correction: 0 })];
    if (this.training) noGrad(() => this.track(batchMean, batchVar, x.size / this.numFeatures));
    return batchNorm(x, batchMean, batchVar, weight, bias, options.eps);
  }

  override extraRepr(): string {
    return this.numFeatures + formatOptions(this.options, batchNormDefaults);
  }

  override cost(_input: Shape, output: Shape): LayerCost {
    return { macs: sizeOf(output) };
  }

  protected override fields(): Iterable<readonly [string, unknown]> {
    return Object.entries(this).map(([name, value]) => [savedAs[name] ?? name, value]);
  }

  /** Moves the running statistics towards the batch's. */
  private track(batchMean: Tensor, batchVar: Tensor, count: number): void {
    const { runningMean, runningVar, numBatchesTracked, options } = this;
    if (!runningMean || !runningVar || !numBatchesTracked) return;
    assign(numBatchesTracked, add(numBatchesTracked, 1));
    const share = options.momentum ?? div(1, cast(numBatchesTracked, "float64"));
    const unbiased = mul(batchVar, count / (count - 1));
    for (const [running, batch] of [
      [runningMean, batchMean],
      [runningVar, unbiased],
    ] as const) {
      assign(running, cast(add(running, mul(sub(batch, running), share)), running.dtype));
    }
  }
}
