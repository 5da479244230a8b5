import { windowSide } from "./detect.ts";
import type { HeldOutDigit } from "./held-out-digit.ts";
import type { Place, Scene } from "./scene.ts";

export interface PlacedDigit extends HeldOutDigit, Place {}

/** A scene with digits put onto it: where there is ink of several, the darkest. */
export function composeScene(drawn: Scene, digits: readonly PlacedDigit[]): Scene {
  const pixels = Float32Array.from(drawn.pixels);
  for (const { top, left, pixels: own } of digits) {
    for (let row = 0; row < windowSide; row++) {
      for (let column = 0; column < windowSide; column++) {
        const at = (top + row) * drawn.width + left + column;
        pixels[at] = Math.max(pixels[at]!, own[row * windowSide + column]!);
      }
    }
  }
  return { ...drawn, pixels };
}
