import { noGrad } from "@pointwise/autograd";
import { DataLoader, type Dataset } from "@pointwise/data";
import { crossEntropy, type Module } from "@pointwise/layers";
import { argmax, type Tensor } from "@pointwise/tensor";
import { createProgress } from "../terminal/progress.ts";
import type { Executor } from "./executor.ts";
import { breathe, type Interrupt } from "./interrupt.ts";

export interface Evaluation {
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly accuracy: number;
  readonly samples: number;
  /** `confusion[truth][prediction]` counts samples. */
  readonly confusion: readonly (readonly number[])[];
}

const batchSize = 256;

/** Finds a model's score on data sets. */
export class Evaluator {
  private readonly model: Module;
  private readonly classes: number;
  /** The summed loss of a batch, and the class with the highest score of each of its samples. */
  private readonly score: (x: Tensor, y: Tensor) => { loss: Tensor; predicted: Tensor };

  constructor(model: Module, classes: number, execute: Executor) {
    this.model = model;
    this.classes = classes;
    this.score = execute(function score(x: Tensor, y: Tensor) {
      return noGrad(() => {
        const logits = model.forward(x);
        return { loss: crossEntropy(logits, y, { reduction: "sum" }), predicted: argmax(logits, 1) };
      });
    });
  }

  /** The score in evaluation mode; `undefined` if the user interrupts. */
  async evaluate(title: string, dataset: Dataset): Promise<Evaluation>;
  async evaluate(title: string, dataset: Dataset, interrupt: Interrupt): Promise<Evaluation | undefined>;
  async evaluate(title: string, dataset: Dataset, interrupt?: Interrupt): Promise<Evaluation | undefined> {
    const { model, classes } = this;
    const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    let [samples, lossSum, correct] = [0, 0, 0];
    const progress = createProgress(title, dataset.length);
    const wasTraining = model.training;
    model.eval();
    try {
      for (const [x, y] of new DataLoader(dataset, { batchSize })) {
        await breathe();
        if (interrupt?.signal) return undefined;
        const { loss, predicted } = this.score(x, y);
        lossSum += loss.item();
        y.data.forEach((truth, i) => {
          const prediction = predicted.data[i]!;
          confusion[truth]![prediction]!++;
          if (truth === prediction) correct++;
        });
        samples += y.size;
        progress.update(samples, { accuracy: (correct / samples).toFixed(3) });
      }
    } finally {
      progress.stop();
      model.train(wasTraining);
    }
    return { loss: lossSum / samples, accuracy: correct / samples, samples, confusion };
  }
}
