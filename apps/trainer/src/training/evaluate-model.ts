import { noGrad } from "@pointwise/autograd";
import { DataLoader, type Dataset } from "@pointwise/data";
import { crossEntropy, type Module } from "@pointwise/layers";
import { createProgress } from "../terminal/progress.ts";
import { breathe, type Interrupt } from "./interrupt.ts";
import { predictedClasses } from "./predicted-classes.ts";

export interface Evaluation {
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly accuracy: number;
  readonly samples: number;
  /** `confusion[truth][prediction]` counts samples. */
  readonly confusion: readonly (readonly number[])[];
}

const batchSize = 256;

/** The model's score on a data set, in evaluation mode; `undefined` if the user interrupts. */
export async function evaluateModel(
  title: string,
  model: Module,
  dataset: Dataset,
  classes: number,
): Promise<Evaluation>;
export async function evaluateModel(
  title: string,
  model: Module,
  dataset: Dataset,
  classes: number,
  interrupt: Interrupt,
): Promise<Evaluation | undefined>;
export async function evaluateModel(
  title: string,
  model: Module,
  dataset: Dataset,
  classes: number,
  interrupt?: Interrupt,
): Promise<Evaluation | undefined> {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let [samples, lossSum, correct] = [0, 0, 0];
  const progress = createProgress(title, dataset.length);
  const wasTraining = model.training;
  model.eval();
  try {
    for (const [x, y] of new DataLoader(dataset, { batchSize })) {
      await breathe();
      if (interrupt?.signal) return undefined;
      const logits = noGrad(() => model.forward(x));
      lossSum += noGrad(() => crossEntropy(logits, y, { reduction: "sum" })).item();
      predictedClasses(logits).forEach((predicted, i) => {
        const truth = y.data[i]!;
        confusion[truth]![predicted]!++;
        if (truth === predicted) correct++;
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
