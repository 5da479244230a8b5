import { noGrad } from "@pointwise/autograd";
import type { Dataset } from "@pointwise/data";
import { type Sequential, toFullyConvolutional } from "@pointwise/layers";
import { abs, amax, concat, narrow, Rng, reshape, softmax, sub, type Tensor } from "@pointwise/tensor";
import type { Executor } from "../training/executor.ts";
import { composePicture, type PlacedDigit } from "./compose-picture.ts";
import { detect, type FoundDigit } from "./detect.ts";
import { type Grid, gridOf } from "./grid.ts";
import { bodyStride, digitShape } from "./twin-models.ts";

/** A dense classifier, made fully convolutional, at work on a larger picture. */
export interface Search {
  readonly picture: Grid;
  /** The layer that the dense one became, such as `Conv2d(32, 10, 4)`. */
  readonly headBefore: string;
  readonly headAfter: string;
  /** The probability of the likeliest digit, for each window. */
  readonly certainty: Grid;
  readonly truth: readonly (PlacedDigit & { readonly isFound: boolean })[];
  readonly found: readonly FoundDigit[];
  /** Of `truth`, how many were found: the right digit, at most 4 pixels off. */
  readonly hits: number;
  readonly macs: { readonly inOneGo: number; readonly windowByWindow: number };
  readonly seconds: { readonly inOneGo: number; readonly windowByWindow: number };
  /** Between the answers in one go and those of the dense classifier, each window cut out on its own. */
  readonly largestDifference: number;
}

const side = digitShape[2]!;
const size = { height: 84, width: 140, digits: 6 };

/** What counts as a digit. */
export const rules = {
  side,
  stride: bodyStride,
  leastProbability: 0.9,
  frame: 2,
  inkInFrame: 0.1,
  offCentre: 2.5,
  overlap: 0.25,
};
const nearEnough = 4;

export function searchLargePicture(classifier: Sequential, heldOut: Dataset, seed: number, execute: Executor): Search {
  const composed = composePicture(heldOut, size, new Rng(`places ${seed}`));
  const { picture, truth } = composed;
  const sliding = toFullyConvolutional(classifier, digitShape).eval();
  const slide = execute((x: Tensor) => noGrad(() => sliding.forward(x)));
  const [logits, inOneGo] = timed(() => slide(picture));
  const classify = execute((x: Tensor) => noGrad(() => classifier.forward(x)));
  classifier.eval();
  const [cutOut, windowByWindow] = timed(() => answersOneByOne(classify, picture, logits.shape));
  const probabilities = softmax(logits, 1);
  const found = detect(composed, probabilities, rules);
  const isFound = (t: PlacedDigit) => found.some((f) => f.digit === t.digit && isNear(f, t));
  const windows = logits.shape[2]! * logits.shape[3]!;
  const summaryAfter = sliding.summary([1, size.height, size.width]);
  const summaryBefore = classifier.summary(digitShape);
  return {
    picture: gridOf(picture),
    headBefore: summaryBefore.rows.at(-1)!.layer,
    headAfter: summaryAfter.rows.at(-1)!.layer,
    certainty: gridOf(amax(probabilities, 1)),
    truth: truth.map((t) => ({ ...t, isFound: isFound(t) })),
    found,
    hits: truth.filter(isFound).length,
    macs: { inOneGo: summaryAfter.macs, windowByWindow: windows * summaryBefore.macs },
    seconds: { inOneGo, windowByWindow },
    largestDifference: amax(abs(sub(logits, cutOut))).item(),
  };
}

/** What the dense classifier says of each window, cut out: [1, classes, H', W'] as if it slid. */
function answersOneByOne(
  classify: (x: Tensor) => Tensor,
  picture: Tensor,
  [, classes, rows, columns]: Tensor["shape"],
): Tensor {
  const answers = Array.from({ length: rows! }, (_, i) => {
    const strip = narrow(picture, 2, i * bodyStride, side);
    const windows = Array.from({ length: columns! }, (_, j) => narrow(strip, 3, j * bodyStride, side));
    return classify(concat(windows, 0)); // [W', classes]
  });
  return reshape(concat(answers, 0).transpose(0, 1), [1, classes!, rows!, columns!]);
}

const isNear = (a: PlacedDigit, b: PlacedDigit): boolean =>
  Math.abs(a.top - b.top) <= nearEnough && Math.abs(a.left - b.left) <= nearEnough;

/** Of a second call: the first one compiles. */
function timed<T>(fn: () => T): [result: T, seconds: number] {
  fn();
  const began = performance.now();
  const result = fn();
  return [result, (performance.now() - began) / 1000];
}
