import { fromData, type Tensor } from "@pointwise/tensor";
import type { Session } from "./session.ts";
import type { TrainingData } from "./training-data.ts";

/** A square part of the plane that samples with two features lie in, in their own units. */
export interface Region {
  readonly left: number;
  readonly bottom: number;
  readonly side: number;
}

/** What a model says of each place of a region: rows from the top, n·n places. */
export interface Plane {
  readonly n: number;
  readonly classes: Uint8Array;
  /** The probability of that class. */
  readonly sureness: Float32Array;
}

/** Asks the model at the middle of each of n·n squares. Only for samples with two features. */
export function classifyPlane({ logitsOf, data }: Session, region: Region, n: number): Plane {
  const scores = logitsOf(placesOf(data, region, n)).data;
  const count = data.classes.length;
  const [classes, sureness] = [new Uint8Array(n * n), new Float32Array(n * n)];
  for (let i = 0; i < n * n; i++) {
    const own = Array.from(scores.subarray(i * count, (i + 1) * count));
    const best = own.indexOf(Math.max(...own));
    classes[i] = best;
    sureness[i] = 1 / own.reduce((sum, score) => sum + Math.exp(score - own[best]!), 0);
  }
  return { n, classes, sureness };
}

/** The middles of n·n squares, rows from the top, normalised as the samples are: [n·n, 2]. */
export function placesOf({ mean, std }: TrainingData, { left, bottom, side }: Region, n: number): Tensor {
  const points = new Float32Array(2 * n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const at = [left + (side * (column + 0.5)) / n, bottom + (side * (n - row - 0.5)) / n];
      for (const i of [0, 1]) points[2 * (row * n + column) + i] = (at[i]! - mean[i]!) / std[i]!;
    }
  }
  return fromData(points, [n * n, 2], "float32");
}
