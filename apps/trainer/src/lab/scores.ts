import { noGrad } from "@pointwise/autograd";
import { DataLoader, type Dataset } from "@pointwise/data";
import { crossEntropy, type Module } from "@pointwise/layers";
import { amax, argmax, softmax, type Tensor } from "@pointwise/tensor";
import type { Executor } from "../training/executor.ts";
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

/** Finds out what a model makes of each picture of a data set, in its order. */
export type Scorer = (dataset: Dataset) => Score[];

export function createScorer(model: Module, execute: Executor): Scorer {
  const scoreBatch = execute(function scoreBatch(x: Tensor, y: Tensor) {
    return noGrad(() => {
      const logits = model.forward(x);
      return {
        predicted: argmax(logits, 1),
        losses: crossEntropy(logits, y, { reduction: "none" }),
        probabilities: amax(softmax(logits, 1), 1),
      };
    });
  });
  return (dataset) => {
    const scores: Score[] = [];
    model.eval();
    for (const [x, y] of new DataLoader(dataset, { batchSize })) {
      const { predicted, losses, probabilities } = scoreBatch(x, y);
      y.data.forEach((truth, i) => {
        scores.push({
          truth,
          predicted: predicted.data[i]!,
          probability: probabilities.data[i]!,
          loss: losses.data[i]!,
        });
      });
    }
    model.train();
    return scores;
  };
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
