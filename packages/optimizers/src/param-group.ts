import { assign, currentTracer, type Tensor, UsageError } from "@pointwise/tensor";
import { completeOptions } from "./options.ts";
import { scalar } from "./state-dict.ts";

/** Parameters that share their options. */
export class ParamGroup<O extends { lr: number }> {
  readonly params: readonly Tensor[];
  /** What the optimizer was made with. The learning rate that counts is `lr`. */
  readonly options: Readonly<O>;
  /** The learning rate as the update reads it, 0-d float64: a compiled step sees it change. */
  readonly lrTensor: Tensor;
  /** The learning rate as last set by hand. Schedules start from it. */
  baseLr: number;

  constructor(params: readonly Tensor[], options: O) {
    this.params = params;
    this.options = options;
    this.lrTensor = scalar(options.lr);
    this.baseLr = options.lr;
  }

  get lr(): number {
    refuseInTrace();
    return this.lrTensor.item();
  }

  /** @throws UsageError if it is negative or no number. */
  set lr(lr: number) {
    completeOptions("Learning rate", { lr }, { lr });
    this.schedule(lr);
    this.baseLr = lr;
  }

  /** Sets the learning rate and leaves what schedules start from. */
  schedule(lr: number): void {
    refuseInTrace();
    assign(this.lrTensor, scalar(lr));
  }
}

function refuseInTrace(): void {
  if (currentTracer()) {
    throw new UsageError(
      "The learning rate is read or set as a number inside a compiled function, where it would be frozen at its value of today. " +
        "Do it, or step the schedule, between the calls: the compiled function sees the change.",
    );
  }
}
