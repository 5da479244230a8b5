import { concat, narrow, type Tensor } from "@pointwise/tensor";
import { bodyStride } from "../twins/twin-experiments.ts";
import { windowSide } from "./detect.ts";
import type { Scene } from "./scene.ts";
import type { Searcher } from "./searcher.ts";

/** The answers in one go beside those of the dense classifier, each window cut out on its own. */
export interface Comparison {
  readonly windows: number;
  /** Between class scores. */
  readonly largestDifference: number;
  readonly milliseconds: { readonly inOneGo: number; readonly windowByWindow: number };
}

interface Surroundings {
  /** Lets messages in. */
  readonly breathe: () => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A row of windows at a time, so that others get their turn between. Times are of a second call each: the first compiles. */
export async function compareWithWindows(
  searcher: Searcher,
  scene: Scene,
  { breathe, now }: Surroundings,
): Promise<Comparison> {
  searcher.scores(scene);
  const began = now();
  const scores = searcher.scores(scene);
  const inOneGo = now() - began;
  const [, classes, rows, columns] = scores.shape as readonly [number, number, number, number]; // as `scores` says
  const picture = searcher.pictureOf(scene);
  searcher.classify(windowsOf(picture, 0, columns));
  let [windowByWindow, largestDifference] = [0, 0];
  for (let row = 0; row < rows; row++) {
    await breathe();
    const start = now();
    const cutOut = searcher.classify(windowsOf(picture, row, columns)).data; // [columns, classes]
    windowByWindow += now() - start;
    for (let column = 0; column < columns; column++) {
      for (let digit = 0; digit < classes; digit++) {
        const slid = scores.data[(digit * rows + row) * columns + column]!;
        largestDifference = Math.max(largestDifference, Math.abs(slid - cutOut[column * classes + digit]!));
      }
    }
  }
  return { windows: rows * columns, largestDifference, milliseconds: { inOneGo, windowByWindow } };
}

/** Those of one row, cut out: [columns, 1, 28, 28]. */
function windowsOf(picture: Tensor, row: number, columns: number): Tensor {
  const strip = narrow(picture, 2, row * bodyStride, windowSide);
  return concat(
    Array.from({ length: columns }, (_, column) => narrow(strip, 3, column * bodyStride, windowSide)),
    0,
  );
}
