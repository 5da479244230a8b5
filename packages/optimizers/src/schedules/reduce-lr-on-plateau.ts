import { type Tensor, UsageError } from "@pointwise/tensor";
import { copyState, loadState, scalar } from "../state-dict.ts";
import { type AnyOptimizer, checkAtLeast, checkOneOf } from "./schedule.ts";

export interface ReduceLROnPlateauOptions {
  /** Whether the metric is to become small, as a loss (unless given), or large, as an accuracy. */
  readonly mode?: "min" | "max";
  /** What the learning rate is multiplied by, less than 1; 0.1 unless given. */
  readonly factor?: number;
  /** Steps without improvement that are put up with; 10 unless given. */
  readonly patience?: number;
  /** What counts as an improvement; 1e-4 unless given. */
  readonly threshold?: number;
  /** Whether `threshold` is a part of the best value (unless given) or a difference to it. */
  readonly thresholdMode?: "rel" | "abs";
  /** Steps after a cut in which nothing is counted; 0 unless given. */
  readonly cooldown?: number;
  /** The lowest learning rate: of all groups, or one a group; 0 unless given. */
  readonly minLr?: number | readonly number[];
  /** A cut that changes the learning rate by less is not made; 1e-8 unless given. */
  readonly eps?: number;
}

/**
 * Cuts the learning rate when a metric has stopped improving. Unlike the other schedules its `step` takes a number.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html
 */
export class ReduceLROnPlateau {
  private readonly optimizer: AnyOptimizer;
  private readonly options: Required<ReduceLROnPlateauOptions>;
  private readonly minLrs: readonly number[];
  private best: number;
  private badSteps = 0;
  private cooldownLeft = 0;

  /** @throws UsageError */
  constructor(optimizer: AnyOptimizer, options: ReduceLROnPlateauOptions = {}) {
    this.optimizer = optimizer;
    this.options = { ...defaults, ...options };
    const { minLr, mode } = this.options;
    this.minLrs = typeof minLr === "number" ? optimizer.groups.map(() => minLr) : [...minLr];
    this.best = mode === "min" ? Infinity : -Infinity;
    check(this.options, this.minLrs, optimizer.groups.length);
  }

  /** Takes the metric of an epoch, such as the validation loss. A NaN is no improvement. */
  step(metric: number): void {
    const { patience, cooldown } = this.options;
    if (this.improves(metric)) {
      this.best = metric;
      this.badSteps = 0;
    } else {
      this.badSteps++;
    }
    if (this.cooldownLeft > 0) {
      this.cooldownLeft--;
      this.badSteps = 0;
    }
    if (this.badSteps > patience) {
      this.reduce();
      this.cooldownLeft = cooldown;
      this.badSteps = 0;
    }
  }

  stateDict(): Map<string, Tensor> {
    return copyState(this.tensors());
  }

  /**
   * Goes on from the saved step. The learning rate itself is part of the optimizer's state.
   * @throws UsageError, ShapeError, DTypeError if the state is not that of such a schedule.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor>): void {
    const state = this.tensors();
    loadState("ReduceLROnPlateau", state, saved);
    const [best, badSteps, cooldownLeft] = [...state.values()].map((x) => x.item());
    this.best = best!;
    this.badSteps = badSteps!;
    this.cooldownLeft = cooldownLeft!;
  }

  private improves(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.options;
    const sign = mode === "min" ? -1 : 1;
    const bound = thresholdMode === "rel" ? this.best * (1 + sign * threshold) : this.best + sign * threshold;
    return sign * metric > sign * bound;
  }

  private reduce(): void {
    this.optimizer.groups.forEach((group, i) => {
      const lr = Math.max(group.lr * this.options.factor, this.minLrs[i]!);
      if (group.lr - lr > this.options.eps) group.schedule(lr);
    });
  }

  private tensors(): Map<string, Tensor> {
    const { best, badSteps, cooldownLeft } = this;
    return new Map(Object.entries({ best, badSteps, cooldownLeft }).map(([name, value]) => [name, scalar(value)]));
  }
}

const defaults: Required<ReduceLROnPlateauOptions> = {
  mode: "min",
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: "rel",
  cooldown: 0,
  minLr: 0,
  eps: 1e-8,
};

function check(options: Required<ReduceLROnPlateauOptions>, minLrs: readonly number[], groups: number): void {
  const who = "ReduceLROnPlateau";
  const { factor, patience, threshold, cooldown, eps } = options;
  for (const [name, value] of Object.entries({ factor, patience, threshold, cooldown, eps }))
    checkAtLeast(who, name, value, 0);
  checkOneOf(who, "mode", options.mode, ["min", "max"]);
  checkOneOf(who, "thresholdMode", options.thresholdMode, ["rel", "abs"]);
  for (const lr of minLrs) checkAtLeast(who, "minLr", lr, 0);
  if (factor >= 1) throw new UsageError(`${who}: factor must be less than 1, or nothing is reduced, but is ${factor}.`);
  if (minLrs.length !== groups)
    throw new UsageError(`${who}: got ${minLrs.length} values of minLr for ${groups} parameter groups.`);
}
