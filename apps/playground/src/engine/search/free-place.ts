import type { Rng } from "@pointwise/tensor";
import { windowSide } from "./detect.ts";
import type { Place, Scene } from "./scene.ts";

/** A place, drawn at random, for a digit that overlaps no other; nothing where there is none. */
export function drawFreePlace(
  { height, width }: Pick<Scene, "height" | "width">,
  taken: readonly Place[],
  rng: Rng,
): Place | undefined {
  const columns = width - windowSide + 1;
  for (const at of rng.permutation((height - windowSide + 1) * columns).data) {
    const place = { top: Math.floor(at / columns), left: at % columns };
    if (taken.every((t) => !overlap(t, place))) return place;
  }
  return undefined;
}

export const overlap = (a: Place, b: Place): boolean =>
  Math.abs(a.top - b.top) < windowSide && Math.abs(a.left - b.left) < windowSide;
