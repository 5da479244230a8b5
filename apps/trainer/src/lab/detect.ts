import { amax, argmax, type Tensor } from "@pointwise/tensor";
import type { ComposedPicture, PlacedDigit } from "./compose-picture.ts";

export interface FoundDigit extends PlacedDigit {
  /** Of the digit, by softmax. */
  readonly probability: number;
}

export interface DetectionRules {
  /** Height and width of a window, in pixels. */
  readonly side: number;
  /** Pixels from one window to the next. */
  readonly stride: number;
  readonly leastProbability: number;
  /** Pixels at a window's edge that must be almost without ink. */
  readonly frame: number;
  /** The part of a window's ink that may lie in its frame. */
  readonly inkInFrame: number;
  /** Pixels that the centre of a window's ink may be off the window's centre. */
  readonly offCentre: number;
  /** The part of its area that a found window may share with a better one. */
  readonly overlap: number;
}

/**
 * The windows that look like what the classifier was trained on, and that it is sure about: it never saw an empty window or half a
 * digit, and answers with a digit there all the same. MNIST's digits have blank margins, and are centred by their centre of mass.
 * Of windows that overlap, the one whose ink is centred best stays (non-maximum suppression; not the most certain one, for many
 * are certain to the last bit).
 * @param probabilities [1, classes, H', W'], one answer for each window of the picture
 */
export function detect(
  { picture, background }: ComposedPicture,
  probabilities: Tensor,
  rules: DetectionRules,
): FoundDigit[] {
  const columns = probabilities.shape[3]!;
  const [digits, certainty] = [argmax(probabilities, 1).data, amax(probabilities, 1).data];
  const candidates: (FoundDigit & { readonly off: number })[] = [];
  certainty.forEach((probability, i) => {
    const [top, left] = [Math.floor(i / columns) * rules.stride, (i % columns) * rules.stride];
    if (probability < rules.leastProbability) return;
    const off = inkOffCentre(picture, background, top, left, rules);
    if (off <= rules.offCentre) candidates.push({ digit: digits[i]!, top, left, probability, off });
  });
  candidates.sort((a, b) => a.off - b.off || b.probability - a.probability);
  const kept: FoundDigit[] = [];
  for (const { off: _, ...candidate } of candidates) {
    if (kept.every((k) => sharedArea(k, candidate, rules.side) <= rules.overlap)) kept.push(candidate);
  }
  return kept.sort((a, b) => a.left - b.left || a.top - b.top);
}

/** How far the centre of a window's ink is off the window's; infinitely far without ink, and with too much of it in the frame. */
function inkOffCentre(picture: Tensor, background: number, top: number, left: number, rules: DetectionRules): number {
  const { side, frame } = rules;
  const [data, width] = [picture.data, picture.shape[3]!];
  let [mass, inFrame, rows, columns] = [0, 0, 0, 0];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const ink = data[(top + row) * width + left + column]! - background;
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
function sharedArea(a: PlacedDigit, b: PlacedDigit, side: number): number {
  const along = (from: number, to: number) => Math.max(0, side - Math.abs(from - to)) / side;
  return along(a.top, b.top) * along(a.left, b.left);
}
