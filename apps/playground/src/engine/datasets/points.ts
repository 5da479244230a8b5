import { moons, spiral } from "@pointwise/data";
import { Rng } from "@pointwise/tensor";
import { type DataChoice, knownShape } from "../../experiment/data-choice.ts";
import type { TrainingData } from "../training-data.ts";

const TRAIN = 900;
const HELD_OUT = 300;

/** Points in the plane, drawn anew for each noise, the same whatever the experiment's seed is. */
export function drawPoints(choice: DataChoice & { readonly noise: number }): TrainingData {
  const { kind, noise } = choice;
  const rng = new Rng(kind);
  const draw = (samples: number) =>
    kind === "spiral" ? spiral({ samples, classes: 3, noise, rng }) : moons({ samples, noise, rng });
  const train = draw(TRAIN);
  return { train, test: draw(HELD_OUT), mean: [0, 0], std: [1, 1], ...knownShape(choice)! };
}
