import { bodyStride, digitShape } from "../twins/twin-experiments.ts";
import type { Place, Scene } from "./scene.ts";

/** What the classifier says of every window of a scene. */
export interface WindowAnswers {
  readonly classes: number;
  readonly rows: number;
  readonly columns: number;
  /** By softmax: [classes, rows, columns], row-major. */
  readonly probabilities: Float32Array;
}

export interface FoundDigit extends Place {
  readonly digit: number;
  readonly probability: number;
}

/** Height and width of a window, in pixels. */
export const windowSide = digitShape[1];

/** What counts as a digit; the trainer's numbers. */
const rules = {
  leastProbability: 0.9,
  /** Pixels at a window's edge that must be almost without ink, and the part of its ink that may lie there. */
  frame: 2,
  inkInFrame: 0.1,
  /** Pixels that the centre of a window's ink may be off the window's centre. */
  offCentre: 2.5,
  /** The part of its area that a found window may share with a better one. */
  overlap: 0.25,
};

/**
 * The windows that look like what the classifier was trained on, and that it is sure about: it never saw an empty window or half a
 * digit, and answers with a digit there all the same. MNIST's digits have blank margins, and are centred by their centre of mass.
 * Of windows that overlap, the one whose ink is centred best stays (non-maximum suppression; not the most certain one, for many
 * are certain to the last bit).
 * @returns from left to right
 */
export function detect(scene: Scene, answers: WindowAnswers): FoundDigit[] {
  const { rows, columns } = answers;
  const candidates: (FoundDigit & { readonly off: number })[] = [];
  for (let window = 0; window < rows * columns; window++) {
    const best = likeliest(answers, window);
    if (best.probability < rules.leastProbability) continue;
    const place = { top: Math.floor(window / columns) * bodyStride, left: (window % columns) * bodyStride };
    const off = inkOffCentre(scene, place);
    if (off <= rules.offCentre) candidates.push({ ...best, ...place, off });
  }
  candidates.sort((a, b) => a.off - b.off || b.probability - a.probability);
  const kept: FoundDigit[] = [];
  for (const { off: _, ...candidate } of candidates) {
    if (kept.every((k) => sharedArea(k, candidate) <= rules.overlap)) kept.push(candidate);
  }
  return kept.sort((a, b) => a.left - b.left || a.top - b.top);
}

function likeliest({ probabilities, classes, rows, columns }: WindowAnswers, window: number) {
  let best = { digit: 0, probability: 0 };
  for (let digit = 0; digit < classes; digit++) {
    const probability = probabilities[digit * rows * columns + window]!;
    if (probability > best.probability) best = { digit, probability };
  }
  return best;
}

/** How far the centre of a window's ink is off the window's; infinitely far without ink, and with too much of it in the frame. */
function inkOffCentre({ pixels, width }: Scene, { top, left }: Place): number {
  const [side, frame] = [windowSide, rules.frame];
  let [mass, inFrame, rows, columns] = [0, 0, 0, 0];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const ink = pixels[(top + row) * width + left + column]!;
      if (ink === 0) continue;
      mass += ink;
      rows += ink * row;
      columns += ink * column;
      if (Math.min(row, column, side - 1 - row, side - 1 - column) < frame) inFrame += ink;
    }
  }
  if (mass === 0 || inFrame > rules.inkInFrame * mass) return Number.POSITIVE_INFINITY;
  const centre = side / 2; // that is where MNIST's digits have theirs
  return Math.hypot(rows / mass - centre, columns / mass - centre);
}

/** The part of a window's area that lies in the other one, too. */
function sharedArea(a: Place, b: Place): number {
  const along = (from: number, to: number) => Math.max(0, windowSide - Math.abs(from - to)) / windowSide;
  return along(a.top, b.top) * along(a.left, b.left);
}
