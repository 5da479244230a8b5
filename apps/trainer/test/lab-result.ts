import { TensorDataset } from "@pointwise/data";
import { fromData, Rng } from "@pointwise/tensor";
import { kernelMaps } from "../src/lab/kernel-maps.ts";
import { mixingMatrix } from "../src/lab/mixing-matrix.ts";
import { prove } from "../src/lab/proof.ts";
import type { LabResult } from "../src/lab/result.ts";
import { accuracyOf, confusionMatrix, createScorer, worstMistakes } from "../src/lab/scores.ts";
import { searchLargePicture } from "../src/lab/sliding.ts";
import { createTwinModels, drawnLayer, layerCosts } from "../src/lab/twin-models.ts";
import type { TwinResult } from "../src/lab/twins.ts";
import { eagerly } from "../src/training/executor.ts";

/** Pictures that stand for digits: a bar of a length that tells the class, in the middle; black is −0.5. */
export function syntheticDigits(count: number): TensorDataset {
  const pixels = new Float32Array(count * 28 * 28).fill(-0.5);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  for (let i = 0; i < count; i++) {
    for (let row = 9 - (i % 5); row <= 19 + (i % 5); row++) {
      for (let column = 14 - (i % 3); column <= 14 + (i % 3); column++) pixels[(i * 28 + row) * 28 + column] = 3;
    }
  }
  return new TensorDataset(fromData(pixels, [count, 1, 28, 28], "float32"), fromData(labels, [count], "int32"));
}

/** What the lab would find with twins that have not been trained: real in its form, and made in no time. */
export function untrainedResult(): LabResult {
  const models = createTwinModels(0);
  const digits = syntheticDigits(40);
  const noise = new Rng(1).uniform([30]).data;
  const twin = (name: string, model: (typeof models)["dense" | "pointwise"]): TwinResult => {
    const scores = createScorer(model, eagerly)(digits);
    return {
      name,
      costs: layerCosts(model),
      losses: Array.from(noise, (x, i) => 2.3 * 0.9 ** i + 0.1 * x),
      accuracies: Array.from(noise, (x, i) => 1 - 0.9 ** (i + 1) * (0.9 + 0.1 * x)),
      checks: [0.5, 1].map((epoch) => ({ epoch, accuracy: 0.8 + 0.1 * epoch })),
      seconds: 1.5,
      accuracy: accuracyOf(scores),
      confusion: confusionMatrix(scores, 10),
      mistakes: worstMistakes(scores, digits, 8),
    };
  };
  const [picture, label] = digits.batch([3]);
  return {
    options: { seed: 7, epochs: 1, eager: false },
    source: "bars that stand for digits",
    trainingDigits: 40,
    heldOutDigits: 40,
    proof: prove(0),
    twins: [twin("dense head", models.dense), twin("1×1 head", models.pointwise)],
    kernel: kernelMaps(models.dense, drawnLayer, picture, label.item()),
    mixing: mixingMatrix(models.pointwise),
    search: searchLargePicture(models.dense, digits, 0, eagerly),
    environment: { version: "1.2.3", node: "v20.0.0", machine: "test", date: "2026-01-02T03:04:05Z", seconds: 9 },
  };
}
