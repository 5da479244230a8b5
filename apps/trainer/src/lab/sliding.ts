import { noGrad } from "@pointwise/autograd";
import type { Dataset } from "@pointwise/data";
import { type Sequential, toFullyConvolutional } from "@pointwise/layers";
import { amin, fromData, Rng, softmax, type Tensor } from "@pointwise/tensor";

/** A digit on the large picture: its window's top left corner, in pixels. */
export interface Placed {
  readonly digit: number;
  readonly top: number;
  readonly left: number;
}

export interface Found extends Placed {
  /** Of the digit, by softmax. */
  readonly probability: number;
}

export interface Search {
  /** [1, 1, height, width] */
  readonly picture: Tensor;
  readonly truth: readonly Placed[];
  readonly found: readonly Found[];
  /** Of `truth`, those that were found: the right digit within half a window's reach. */
  readonly hits: number;
}

const side = 28;
/** Windows lie this far apart: two pools halve the picture twice. */
const stride = 4;
const [height, width, digits] = [84, 140, 6];
/** Farther than this from the middle of its window, in pixels, ink is another digit's, or half a digit. */
const offCentre = 4;
const leastProbability = 0.5;

/**
 * Turns a classifier of 28×28 pictures that ends in Flatten and Linear into a convolutional one and slides it over a larger
 * picture. It was never shown an empty window or half a digit, and answers with a digit all the same; so a window counts only if
 * the middle of its ink lies near its own, and of overlapping windows the most certain.
 */
export function searchLargePicture(classifier: Sequential, heldOut: Dataset, seed: number): Search {
  const { picture, truth } = compose(heldOut, new Rng(seed));
  const sliding = toFullyConvolutional(classifier, [1, side, side]).eval();
  const scores = noGrad(() => softmax(sliding.forward(picture), 1));
  const found = strongest(candidates(scores, picture));
  const hits = truth.filter((t) => found.some((f) => f.digit === t.digit && near(f, t))).length;
  return { picture, truth, found, hits };
}

/** Held-out digits at random places that leave 4 pixels between them. */
function compose(heldOut: Dataset, rng: Rng): { picture: Tensor; truth: Placed[] } {
  const order = rng.permutation(heldOut.length).data;
  const chosen = Array.from(order.slice(0, digits));
  const [x, y] = heldOut.batch(chosen);
  const pixels = new Float32Array(height * width).fill(amin(x).item());
  const truth: Placed[] = [];
  while (truth.length < digits) {
    const top = rng.randint([], 0, height - side + 1).item();
    const left = rng.randint([], 0, width - side + 1).item();
    if (truth.some((p) => Math.abs(p.top - top) < side + 4 && Math.abs(p.left - left) < side + 4)) continue;
    const from = truth.length * side * side;
    for (let row = 0; row < side; row++) {
      pixels.set(x.data.subarray(from + row * side, from + (row + 1) * side), (top + row) * width + left);
    }
    truth.push({ digit: y.data[truth.length]!, top, left });
  }
  return { picture: fromData(pixels, [1, 1, height, width], "float32"), truth };
}

/** Windows that may hold a digit. `scores` is [1, 10, H', W']: one answer for each window. */
function candidates(scores: Tensor, picture: Tensor): Found[] {
  const [, classes, rows, columns] = scores.shape as [number, number, number, number]; // as a convolution gives it
  const background = amin(picture).item();
  const found: Found[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const [top, left] = [i * stride, j * stride];
      if (!inkIsCentred(picture, background, top, left)) continue;
      const at = (digit: number) => scores.data[(digit * rows + i) * columns + j]!;
      const digit = Array.from({ length: classes }, (_, d) => d).reduce((best, d) => (at(d) > at(best) ? d : best));
      if (at(digit) >= leastProbability) found.push({ digit, top, left, probability: at(digit) });
    }
  }
  return found;
}

/** Whether the centre of mass of what is brighter than the background lies near the window's. */
function inkIsCentred({ data }: Tensor, background: number, top: number, left: number): boolean {
  let [mass, sumRow, sumColumn] = [0, 0, 0];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const ink = data[(top + row) * width + left + column]! - background;
      mass += ink;
      sumRow += ink * row;
      sumColumn += ink * column;
    }
  }
  const middle = (side - 1) / 2;
  return mass > 0 && Math.hypot(sumRow / mass - middle, sumColumn / mass - middle) <= offCentre;
}

/** Non-maximum suppression: the most certain window, then the most certain that is not near it, and so on. */
function strongest(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const candidate of found.toSorted((a, b) => b.probability - a.probability)) {
    if (!kept.some((k) => near(k, candidate))) kept.push(candidate);
  }
  return kept.sort((a, b) => a.left - b.left || a.top - b.top);
}

const near = (a: Placed, b: Placed): boolean =>
  Math.abs(a.top - b.top) < side / 2 && Math.abs(a.left - b.left) < side / 2;
