import { type AnyOptimizer, checkAtLeast, checkSteps, Schedule } from "./schedule.ts";

export interface LinearLROptions {
  /** The part of the learning rate to start with; 1/3 unless given. */
  readonly startFactor?: number;
  /** The part to end with; 1 unless given. */
  readonly endFactor?: number;
  /** Steps from the one to the other; 5 unless given. */
  readonly totalIters?: number;
}

/**
 * Raises (or lowers) the learning rate in a straight line, and leaves it there: a warm-up, usually as the first schedule of a
 * `SequentialLR`.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html
 */
export class LinearLR extends Schedule {
  private readonly startFactor: number;
  private readonly endFactor: number;
  private readonly totalIters: number;

  /** @throws UsageError */
  constructor(optimizer: AnyOptimizer, { startFactor = 1 / 3, endFactor = 1, totalIters = 5 }: LinearLROptions = {}) {
    super(optimizer);
    checkAtLeast("LinearLR", "startFactor", startFactor, 0);
    checkAtLeast("LinearLR", "endFactor", endFactor, 0);
    checkSteps("LinearLR", "totalIters", totalIters);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    this.apply();
  }

  override lrAt(step: number, baseLr: number): number {
    const progress = Math.min(step / this.totalIters, 1);
    return baseLr * (this.startFactor + (this.endFactor - this.startFactor) * progress);
  }
}
