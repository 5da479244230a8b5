import type { Module } from "@pointwise/layers";
import { assign, type Rng, type Tensor } from "@pointwise/tensor";

/**
 * A model's weights and running statistics from before the last step and from before the last good one. Whether a step was good shows in its
 * gradient, or in the loss of the next one, and a compiled step cannot look at that and leave off: so there are two copies in turn, one of which is
 * always from before the last loss. They are made in place, since new arrays at each step would take longer than the step of a small model.
 */
export class WeightsBefore {
  private readonly rng: Rng;
  private readonly weights: ReadonlyMap<string, Tensor>;
  private latest: ReadonlyMap<string, Tensor>;
  private good: ReadonlyMap<string, Tensor>;
  private drawn: ReadonlyMap<string, Tensor>;
  private hasGood = false;

  /** @param rng what the model draws from */
  constructor(model: Module, rng: Rng) {
    this.rng = rng;
    this.weights = new Map([...model.namedParameters(), ...model.namedBuffers()]);
    this.latest = model.stateDict();
    this.good = model.stateDict();
    this.drawn = rng.stateDict();
  }

  /** `undefined` if there was no good step. They change with the next steps. */
  get lastGoodStep(): ReadonlyMap<string, Tensor> | undefined {
    return this.hasGood ? this.good : undefined;
  }

  /** To be called before each step. */
  copy(): void {
    for (const [name, x] of this.weights) assign(this.latest.get(name)!, x);
    this.drawn = this.rng.stateDict();
  }

  /** To be called after a step whose loss and gradient are numbers. */
  confirm(): void {
    [this.latest, this.good] = [this.good, this.latest];
    this.hasGood = true;
  }

  /** Makes the model what it was before a step that was not confirmed, so that the step can be looked at again. */
  undo(): void {
    for (const [name, x] of this.weights) assign(x, this.latest.get(name)!);
    this.rng.loadStateDict(this.drawn);
  }
}
