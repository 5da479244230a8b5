import { UsageError } from "@pointwise/tensor";
import { type AnyOptimizer, Schedule } from "./schedule.ts";

export interface SequentialLROptions {
  /** The steps at which the second, third, … schedule takes over. */
  readonly milestones: readonly number[];
}

/**
 * One schedule after another, each counting from 0 when it takes over. Step this one only, not those in it.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html
 */
export class SequentialLR extends Schedule {
  private readonly schedules: readonly Schedule[];
  private readonly milestones: readonly number[];

  /** @throws UsageError */
  constructor(optimizer: AnyOptimizer, schedules: readonly Schedule[], { milestones }: SequentialLROptions) {
    super(optimizer);
    const rising = milestones.every((m, i) => Number.isInteger(m) && m > (milestones[i - 1] ?? 0));
    if (!rising || milestones.length === 0 || milestones.length !== schedules.length - 1) {
      throw new UsageError(
        `SequentialLR: ${schedules.length} schedules need ${Math.max(1, schedules.length - 1)} milestones, rising whole numbers from 1 on at which ` +
          `the next takes over, but got [${milestones.join(", ")}].`,
      );
    }
    this.schedules = [...schedules];
    this.milestones = [0, ...milestones];
    this.apply();
  }

  override lrAt(step: number, baseLr: number, group: number): number {
    const current = this.milestones.findLastIndex((milestone) => step >= milestone);
    return this.schedules[current]!.lrAt(step - this.milestones[current]!, baseLr, group);
  }
}
