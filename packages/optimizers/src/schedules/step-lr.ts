import { type AnyOptimizer, checkAtLeast, checkSteps, Schedule } from "./schedule.ts";

export interface StepLROptions {
  /** Steps between two cuts. */
  readonly stepSize: number;
  /** What the learning rate is multiplied by; 0.1 unless given. */
  readonly gamma?: number;
}

/**
 * Cuts the learning rate to `gamma` of itself every `stepSize` steps.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
 */
export class StepLR extends Schedule {
  private readonly stepSize: number;
  private readonly gamma: number;

  /** @throws UsageError */
  constructor(optimizer: AnyOptimizer, { stepSize, gamma = 0.1 }: StepLROptions) {
    super(optimizer);
    checkSteps("StepLR", "stepSize", stepSize);
    checkAtLeast("StepLR", "gamma", gamma, 0);
    this.stepSize = stepSize;
    this.gamma = gamma;
    this.apply();
  }

  override lrAt(step: number, baseLr: number): number {
    return baseLr * this.gamma ** Math.floor(step / this.stepSize);
  }
}
