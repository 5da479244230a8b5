import { backward } from "@pointwise/autograd";
import { crossEntropy, type Module } from "@pointwise/layers";
import { clipGradNorm, type Optimizer } from "@pointwise/optimizers";
import { argmax, detach, eq, sum, type Tensor } from "@pointwise/tensor";
import type { Executor } from "./executor.ts";

/** What a step finds out about its batch, all before the step. */
type StepResult = {
  /** Mean cross-entropy, 0-d. If it is no finite number, the step has spoilt the model and the optimizer. */
  readonly loss: Tensor;
  /** How many samples have the highest score at their label, 0-d. */
  readonly correct: Tensor;
};

/** One step of the optimizer on a batch of samples x [N, ...] and their labels y [N]. */
export type TrainStep = (x: Tensor, y: Tensor) => StepResult;

export interface Learner {
  readonly model: Module;
  readonly optimizer: Pick<Optimizer, "step">;
}

/** @param clipNorm the bound of the gradient's norm; `null` for none */
export function createTrainStep({ model, optimizer }: Learner, clipNorm: number | null, execute: Executor): TrainStep {
  return execute(function trainStep(x: Tensor, y: Tensor): StepResult {
    const logits = model.forward(x);
    const loss = crossEntropy(logits, y);
    const correct = sum(eq(argmax(logits, 1), y));
    const grads = backward(loss, model.parameters());
    optimizer.step(clipNorm === null ? grads : clipGradNorm(grads, clipNorm).grads);
    return { loss: detach(loss), correct };
  });
}
