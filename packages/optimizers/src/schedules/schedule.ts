import { type Tensor, UsageError } from "@pointwise/tensor";
import type { Optimizer } from "../optimizer.ts";
import { copyState, loadState, scalar } from "../state-dict.ts";

/** Whatever options its optimizer has. */
export type AnyOptimizer = Pick<Optimizer, "groups">;

/**
 * A learning rate that is a function of the number of steps. It takes effect when the schedule is made, as step 0, and then each time
 * that `step` is called: after every batch or every epoch, as the schedule is meant. It starts from the learning rates that the
 * optimizer was given.
 */
export abstract class Schedule {
  protected readonly optimizer: AnyOptimizer;
  private stepCount = 0;
  private baseLrs: readonly number[];

  constructor(optimizer: AnyOptimizer) {
    this.optimizer = optimizer;
    this.baseLrs = optimizer.groups.map((group) => group.baseLr);
  }

  /** The learning rate of group number `group` after `step` steps, from `baseLr` at the start. */
  abstract lrAt(step: number, baseLr: number, group: number): number;

  step(): void {
    this.stepCount++;
    this.apply();
  }

  /** Sets the learning rate of the current step. */
  protected apply(): void {
    this.optimizer.groups.forEach((group, i) => {
      group.schedule(this.lrAt(this.stepCount, this.baseLrs[i]!, i));
    });
  }

  /** `"step"`, and the learning rates it started from: `"baseLr.0"`, one a group. */
  stateDict(): Map<string, Tensor> {
    return copyState(this.tensors());
  }

  /**
   * Goes on from the saved step, and sets its learning rate.
   * @throws UsageError, ShapeError, DTypeError if the state is not that of such a schedule.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor>): void {
    const state = this.tensors();
    loadState(this.constructor.name, state, saved);
    const [step, ...baseLrs] = [...state.values()].map((x) => x.item());
    this.stepCount = step!;
    this.baseLrs = baseLrs;
    this.apply();
  }

  private tensors(): Map<string, Tensor> {
    return new Map([
      ["step", scalar(this.stepCount)],
      ...this.baseLrs.map((lr, i) => [`baseLr.${i}`, scalar(lr)] as const),
    ]);
  }
}

/** @throws UsageError unless `value` is a whole number ≥ 1. */
export function checkSteps(who: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`${who}: ${name} must be a whole number ≥ 1, but is ${value}.`);
}

/** @throws UsageError unless `value` is a finite number of at least `least`. */
export function checkAtLeast(who: string, name: string, value: number, least: number): void {
  if (!(value >= least && Number.isFinite(value))) {
    throw new UsageError(`${who}: ${name} must be a finite number ≥ ${least}, but is ${value}.`);
  }
}

/** @throws UsageError unless `value` is one of `allowed`. */
export function checkOneOf(who: string, name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) {
    throw new UsageError(
      `${who}: ${name} must be one of ${allowed.map((a) => `"${a}"`).join(" and ")}, but is "${value}".`,
    );
  }
}
