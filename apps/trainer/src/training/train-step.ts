import { backward } from "@pointwise/autograd";
import { crossEntropy, type Module } from "@pointwise/layers";
import { clipGradNorm, type Optimizer } from "@pointwise/optimizers";
import { amax, argmax, detach, eq, norm, stack, sum, type Tensor } from "@pointwise/tensor";
import type { Executor } from "./executor.ts";

/** What a step finds out about its batch, all before the step. */
type StepResult = {
  /** Mean cross-entropy, 0-d. If it is no finite number, the step has spoilt the model and the optimizer. */
  readonly loss: Tensor;
  /** The size of the gradient, 0-d: its norm where that is bounded, else its largest element. The same holds for it. */
  readonly gradient: Tensor;
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
    const bounded = clipNorm === null ? { grads, norm: largest(grads) } : clipGradNorm(grads, clipNorm);
    optimizer.step(bounded.grads);
    return { loss: detach(loss), gradient: detach(bounded.norm), correct };
  });
}

/** The largest magnitude of all elements: unlike a sum of squares it is infinite only if one of them is. */
const largest = (grads: ReadonlyMap<Tensor, Tensor>): Tensor =>
  amax(stack([...grads.values()].map((grad) => norm(grad, undefined, { p: Number.POSITIVE_INFINITY }))));
