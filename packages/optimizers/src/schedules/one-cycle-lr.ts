import { UsageError } from "@pointwise/tensor";
import { type AnyOptimizer, checkAtLeast, checkOneOf, checkSteps, Schedule } from "./schedule.ts";

export interface OneCycleLROptions {
  /** The highest learning rate: of all groups, or one a group. */
  readonly maxLr: number | readonly number[];
  /** Steps of the whole cycle: epochs times batches an epoch. */
  readonly totalSteps: number;
  /** The part of the cycle in which the learning rate rises; 0.3 unless given. */
  readonly pctStart?: number;
  /** How it goes from one value to the next: `"cos"`, unless given, or `"linear"`. */
  readonly annealStrategy?: "cos" | "linear";
  /** It starts at `maxLr / divFactor`; 25 unless given. */
  readonly divFactor?: number;
  /** It ends at the start divided by this; 1e4 unless given. */
  readonly finalDivFactor?: number;
  /** Go down as steeply as up, and from there to the end, instead of straight down to the end. */
  readonly threePhase?: boolean;
}

/** A point that the learning rate passes. */
interface Turn {
  readonly step: number;
  /** The part of `maxLr`. */
  readonly factor: number;
}

/**
 * Up to a high learning rate and down again to almost nothing, once; step it after every batch. It sets the learning rate only: momentum
 * stays as it is (`cycle_momentum = False` in PyTorch).
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
 * @see L. N. Smith and N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2018
 */
export class OneCycleLR extends Schedule {
  private readonly maxLrs: readonly number[];
  private readonly totalSteps: number;
  private readonly anneal: (from: number, to: number, progress: number) => number;
  private readonly turns: readonly Turn[];

  /** @throws UsageError */
  constructor(optimizer: AnyOptimizer, options: OneCycleLROptions) {
    super(optimizer);
    const { maxLr, totalSteps, pctStart, annealStrategy, divFactor, finalDivFactor, threePhase } = {
      ...defaults,
      ...options,
    };
    this.maxLrs = typeof maxLr === "number" ? optimizer.groups.map(() => maxLr) : [...maxLr];
    this.totalSteps = totalSteps;
    this.anneal = annealStrategy === "cos" ? cosine : linear;
    check({ ...defaults, ...options }, this.maxLrs, optimizer.groups.length);
    const rise = pctStart * totalSteps - 1;
    const start = 1 / divFactor;
    this.turns = [
      { step: 0, factor: start },
      { step: rise, factor: 1 },
      ...(threePhase ? [{ step: 2 * rise, factor: start }] : []),
      { step: totalSteps - 1, factor: start / finalDivFactor },
    ];
    this.apply();
  }

  /** @throws UsageError after the end of the cycle. */
  override lrAt(step: number, _baseLr: number, group: number): number {
    if (step > this.totalSteps) {
      throw new UsageError(
        `OneCycleLR: step ${step} is after the end of the cycle, which has totalSteps = ${this.totalSteps}.`,
      );
    }
    const next = this.turns.findIndex((turn, i) => i > 0 && (step <= turn.step || i === this.turns.length - 1));
    const [from, to] = [this.turns[next - 1]!, this.turns[next]!];
    const progress = Math.min((step - from.step) / (to.step - from.step), 1);
    return this.maxLrs[group]! * this.anneal(from.factor, to.factor, progress);
  }
}

const linear = (from: number, to: number, progress: number): number => from + (to - from) * progress;

const cosine = (from: number, to: number, progress: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * progress))) / 2;

const defaults = {
  pctStart: 0.3,
  annealStrategy: "cos",
  divFactor: 25,
  finalDivFactor: 1e4,
  threePhase: false,
} as const;

function check(options: Required<OneCycleLROptions>, maxLrs: readonly number[], groups: number): void {
  const { totalSteps, pctStart, annealStrategy, divFactor, finalDivFactor, threePhase } = options;
  const who = "OneCycleLR";
  checkSteps(who, "totalSteps", totalSteps);
  checkOneOf(who, "annealStrategy", annealStrategy, ["cos", "linear"]);
  checkAtLeast(who, "divFactor", divFactor, Number.MIN_VALUE);
  checkAtLeast(who, "finalDivFactor", finalDivFactor, Number.MIN_VALUE);
  for (const lr of maxLrs) checkAtLeast(who, "maxLr", lr, 0);
  if (maxLrs.length !== groups)
    throw new UsageError(`${who}: got ${maxLrs.length} values of maxLr for ${groups} parameter groups.`);
  const rise = pctStart * totalSteps - 1;
  if (!(rise > 0 && (threePhase ? 2 : 1) * rise < totalSteps - 1)) {
    throw new UsageError(
      `${who}: pctStart = ${pctStart} of ${totalSteps} steps leaves no room for rising and falling` +
        `${threePhase ? " twice" : ""}. Take more steps, or a pctStart near 0.3.`,
    );
  }
}
