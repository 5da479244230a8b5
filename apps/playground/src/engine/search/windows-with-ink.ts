import { bodyStride } from "../twins/twin-experiments.ts";
import { windowSide } from "./detect.ts";
import type { Scene } from "./scene.ts";

/** 1 for each window that has ink, 0 for those that are all paper: [rows, columns] of windows. */
export function windowsWithInk(scene: Scene, rows: number, columns: number): Uint8Array {
  const sums = summedArea(scene);
  const across = scene.width + 1;
  return Uint8Array.from({ length: rows * columns }, (_, window) => {
    const at = Math.floor(window / columns) * bodyStride * across + (window % columns) * bodyStride;
    const below = at + windowSide * across;
    const pixels = sums[below + windowSide]! - sums[below]! - sums[at + windowSide]! + sums[at]!;
    return pixels > 0 ? 1 : 0;
  });
}

/** How many pixels with ink are above and left of each corner of a pixel: [height + 1, width + 1]. */
function summedArea({ pixels, height, width }: Scene): Int32Array {
  const across = width + 1;
  const sums = new Int32Array((height + 1) * across);
  for (let row = 1; row <= height; row++) {
    let inRow = 0;
    for (let column = 1; column <= width; column++) {
      if (pixels[(row - 1) * width + column - 1]! > 0) inRow++;
      sums[row * across + column] = sums[(row - 1) * across + column]! + inRow;
    }
  }
  return sums;
}
