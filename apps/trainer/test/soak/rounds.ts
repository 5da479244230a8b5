import { join } from "node:path";
import { Rng, setAccelerator } from "@pointwise/tensor";
import { accelerateEagerOps } from "../../../../packages/compiler/src/eager/accelerate.ts";
import type { RunConfig } from "../../src/training/config.ts";
import { breathe, type Interrupt } from "../../src/training/interrupt.ts";
import { drift, largestDifference, lossBound } from "./compare.ts";
import { multiply } from "./multiply.ts";
import { type Outcome, train, trainings, trainToEnd } from "./training.ts";

/** Trainings with this seed are the same in each round. */
const seed = 1;

const nameOf = ({ model, eager }: RunConfig): string => `${model}, ${eager ? "op by op" : "compiled"}`;

/** The same trainings again and again, among other work. */
export class Rounds {
  trained = 0;
  steps = 0;
  /** How far a loss was off the reference's at most, as `lossBound` counts it. */
  largestDifference = 0;
  private readonly folder: string;
  private readonly first = new Map<string, Outcome>();
  private readonly references = new Map<string, readonly number[]>();

  /** Trains each model alone, with the plain loops that say what ops mean: what rounds compute is compared with that. */
  constructor(folder: string) {
    this.folder = folder;
    setAccelerator(undefined);
    for (const config of trainings(seed)) {
      if (config.eager) this.references.set(config.model, trainToEnd(config, join(folder, "reference")).losses);
    }
    accelerateEagerOps();
  }

  /**
   * Trains all models op by op and compiled, and one with a seed of the round's own: a step of one, then of another, in an order of the round's own.
   * @returns what is not as it should be; `undefined` if the user interrupts
   */
  async run(round: number, interrupt: Interrupt): Promise<string[] | undefined> {
    const known = trainings(seed);
    const others = trainings(seed + round);
    const running = [...known, others[round % others.length]!].map((config, index) => ({
      config,
      steps: train(config, join(this.folder, `training-${index}`)),
    }));
    const order = new Rng(round).randint([256], 0, 2 ** 30).data;
    const faults: string[] = [];
    for (let turn = 0; running.length > 0; turn++) {
      if (turn % 16 === 0) multiply(round + turn);
      const next = order[turn % order.length]! % running.length;
      const { config, steps } = running[next]!;
      const { done, value } = steps.next();
      await breathe();
      if (interrupt.signal) return undefined;
      if (!done) {
        this.steps++;
        continue;
      }
      running.splice(next, 1);
      this.trained++;
      if (known.includes(config)) faults.push(...this.check(config, value));
    }
    return faults;
  }

  private check(config: RunConfig, outcome: Outcome): string[] {
    const name = nameOf(config);
    const first = this.first.get(name) ?? outcome;
    this.first.set(name, first);
    const difference = largestDifference(outcome.losses, this.references.get(config.model)!);
    this.largestDifference = Math.max(this.largestDifference, difference);
    const drifted = drift(outcome, first);
    return [
      ...(drifted ? [`${name}: ${drifted}.`] : []),
      ...(difference <= lossBound ? [] : [`${name}: a loss is ${difference} off the reference's.`]),
    ];
  }
}
