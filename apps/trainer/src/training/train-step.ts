import { valueAndGrad } from "@pointwise/autograd";
import { crossEntropy } from "@pointwise/layers";
import { clipGradNorm } from "@pointwise/optimizers";
import type { Tensor } from "@pointwise/tensor";
import { countCorrect } from "./predicted-classes.ts";
import type { TrainingState } from "./training-state.ts";

interface StepResult {
  /** Mean cross-entropy of the batch, before the step. If it is no finite number, no step was made. */
  readonly loss: number;
  readonly correct: number;
}

/** One step of the optimizer on one batch, as long as its loss is a number. */
export function trainStep(state: TrainingState, x: Tensor, y: Tensor, clipNorm: number | null): StepResult {
  const { model, optimizer } = state;
  const weights = model.stateDict();
  let correct = 0;
  const [lossTensor, grads] = valueAndGrad(() => {
    const logits = model.forward(x);
    correct = countCorrect(logits, y);
    return crossEntropy(logits, y);
  }, model.parameters());
  const loss = lossTensor.item();
  if (Number.isFinite(loss)) {
    optimizer.step(clipNorm === null ? grads : clipGradNorm(grads, clipNorm).grads);
    state.weightsBeforeStep = weights;
  }
  return { loss, correct };
}
