import { DataLoader } from "@pointwise/data";
import type { Tensor, UsageError } from "@pointwise/tensor";
import type { FitOptions } from "../fit.ts";
import { explainDivergence } from "./divergence.ts";
import { findCause } from "./find-cause.ts";
import { largestMagnitude, nonFinite } from "./non-finite.ts";

type Training = Pick<FitOptions, "run" | "config" | "state">;

/** For a step whose loss or gradient is no finite number: it is undone, and done again op by op. */
export function explainBadStep(training: Training, what: string, x: Tensor, y: Tensor): UsageError {
  const { model, weightsBefore } = training.state;
  weightsBefore.undo();
  return explainDivergence(training, { what, cause: findCause(model, x, y), largestInput: largestMagnitude(x) });
}

/** For a validation loss that is no finite number: the first batch that gives none is looked for, op by op. */
export function explainBadValidation(training: Training & Pick<FitOptions, "validation">, what: string): UsageError {
  const { model } = training.state;
  model.eval();
  let largestInput = 0;
  for (const [x, y] of new DataLoader(training.validation, { batchSize: 64 })) {
    largestInput = Math.max(largestInput, largestMagnitude(x));
    const cause = findCause(model, x, y);
    if (cause !== undefined) return explainDivergence(training, { what, cause, largestInput });
  }
  return explainDivergence(training, { what, cause: undefined, largestInput });
}

/** @throws UsageError if there is a NaN or an infinity in the weights */
export function checkWeights(training: Training): void {
  for (const [name, weights] of training.state.model.stateDict()) {
    const value = nonFinite(weights);
    if (value === undefined) continue;
    const what = `The last step made ${value} in ${name}`;
    const cause = "Its loss and its gradient were still numbers: the step itself was too large.";
    throw explainDivergence(training, { what, cause, largestInput: 0 });
  }
}
