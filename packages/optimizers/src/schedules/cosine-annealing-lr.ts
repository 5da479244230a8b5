import { type AnyOptimizer, checkAtLeast, checkSteps, Schedule } from "./schedule.ts";

export interface CosineAnnealingLROptions {
  /** Steps from the start to the lowest learning rate. */
  readonly tMax: number;
  /** The lowest learning rate; 0 unless given. */
  readonly etaMin?: number;
}

/**
 * Lowers the learning rate along half a cosine; after `tMax` steps it rises again the same way.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html
 * @see I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017 (without the restarts)
 */
export class CosineAnnealingLR extends Schedule {
  private readonly tMax: number;
  private readonly etaMin: number;

  /** @throws UsageError */
  constructor(optimizer: AnyOptimizer, { tMax, etaMin = 0 }: CosineAnnealingLROptions) {
    super(optimizer);
    checkSteps("CosineAnnealingLR", "tMax", tMax);
    checkAtLeast("CosineAnnealingLR", "etaMin", etaMin, 0);
    this.tMax = tMax;
    this.etaMin = etaMin;
    this.apply();
  }

  override lrAt(step: number, baseLr: number): number {
    return this.etaMin + ((baseLr - this.etaMin) * (1 + Math.cos((Math.PI * step) / this.tMax))) / 2;
  }
}
