import { noGrad } from "@pointwise/autograd";
import { DataLoader, type Dataset } from "@pointwise/data";
import { crossEntropy, type Module } from "@pointwise/layers";
import { amax, argmax, softmax } from "@pointwise/tensor";
import { type Grid, gridOf } from "./grid.ts";

/** What a model makes of one picture. */
export interface Score {
  readonly truth: number;
  readonly predicted: number;
  /** Of the predicted class. */
  readonly probability: number;
  /** Cross-entropy. */
  readonly loss: number;
}

const batchSize = 250;

/** What a model makes of each picture of a data set, in its order. */
export function scoreModel(model: Module, dataset: Dataset): Score[] {
  const scores: Score[] = [];
  model.eval();
  noGrad(() => {
    for (const [x, y] of new DataLoader(dataset, { batchSize })) {
      const logits = model.forward(x);
      const [predicted, losses] = [argmax(logits, 1).data, crossEntropy(logits, y, { reduction: "none" }).data];
      const probabilities = amax(softmax(logits, 1), 1).data;
      y.data.forEach((truth, i) => {
        scores.push({ truth, predicted: predicted[i]!, probability: probabilities[i]!, loss: losses[i]! });
      });
    }
  });
  model.train();
  return scores;
}

/** The part that is right. */
export const accuracyOf = (scores: readonly Score[]): number =>
  scores.filter(({ truth, predicted }) => truth === predicted).length / scores.length;

/** `matrix[truth][predicted]` counts pictures. */
export function confusionMatrix(scores: readonly Score[], classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted } of scores) matrix[truth]![predicted]!++;
  return matrix;
}

export interface Mistake extends Score {
  readonly picture: Grid;
}

/** The wrong predictions of the highest loss, worst first. */
export function worstMistakes(scores: readonly Score[], dataset: Dataset, most: number): Mistake[] {
  return scores
    .map((score, i) => ({ score, i }))
    .filter(({ score: { truth, predicted } }) => truth !== predicted)
    .sort((a, b) => b.score.loss - a.score.loss)
    .slice(0, most)
    .map(({ score, i }) => ({ ...score, picture: gridOf(dataset.batch([i])[0]) }));
}
