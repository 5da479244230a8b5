import { compile } from "@pointwise/compiler";
import { fromData, Rng, type Tensor, zeros } from "@pointwise/tensor";
import { describe, expect, it } from "vitest";
import { type ComposedPicture, composePicture } from "../src/lab/compose-picture.ts";
import { detect } from "../src/lab/detect.ts";
import { rules, searchLargePicture } from "../src/lab/sliding.ts";
import { createTwinModels } from "../src/lab/twin-models.ts";
import { eagerly } from "../src/training/executor.ts";
import { syntheticDigits } from "./lab-result.ts";

const digits = syntheticDigits(40);

describe("a larger picture", () => {
  it("holds different digits where it says, and none overlap", () => {
    for (let seed = 0; seed < 20; seed++) {
      const size = { height: 84, width: 140, digits: 6 };
      const { picture, truth, background } = composePicture(digits, size, new Rng(seed));
      expect(picture.shape).toEqual([1, 1, 84, 140]);
      expect(background).toBe(-0.5);
      expect(new Set(truth.map(({ digit }) => digit)).size).toBe(6);
      for (const [i, a] of truth.entries()) {
        expect(picture.data[(a.top + 14) * 140 + a.left + 14]).toBe(3); // each digit's middle has ink
        for (const b of truth.slice(i + 1)) {
          expect(Math.max(Math.abs(a.top - b.top), Math.abs(a.left - b.left))).toBeGreaterThanOrEqual(28);
        }
      }
    }
  });
});

/** A picture of 60×60 with bars of ink, and an answer for each of its 17×17 windows: class 1 everywhere, just as sure. */
function sceneWith(bars: readonly { readonly top: number; readonly left: number }[]): [ComposedPicture, Tensor] {
  const pixels = new Float32Array(60 * 60);
  for (const { top, left } of bars) {
    for (let row = 8; row <= 20; row++) pixels.fill(1, (top + row) * 60 + left + 12, (top + row) * 60 + left + 17);
  }
  const picture = fromData(pixels, [1, 1, 60, 60], "float32");
  const probabilities = zeros([1, 2, 17, 17]);
  probabilities.data.fill(0.99, 17 * 17);
  return [{ picture, truth: [], background: 0 }, probabilities];
}

describe("detection", () => {
  it("finds nothing where there is no ink, however sure the classifier is", () => {
    expect(detect(...sceneWith([]), rules)).toEqual([]);
  });

  it("keeps one window for each digit, the best centred of those that are as sure", () => {
    const found = detect(
      ...sceneWith([
        { top: 2, left: 0 },
        { top: 30, left: 32 },
      ]),
      rules,
    );
    expect(found.map(({ digit, top, left }) => [digit, top, left])).toEqual([
      [1, 2, 0],
      [1, 30, 32],
    ]);
  });

  it("keeps the better centred of windows that overlap, if it is sure about it", () => {
    const [picture, probabilities] = sceneWith([{ top: 10, left: 10 }]);
    const window = (top: number, left: number) => 17 * 17 + (top / 2) * 17 + left / 2;
    probabilities.data[window(12, 10)] = 0.999;
    expect(detect(picture, probabilities, rules)).toMatchObject([{ top: 10, left: 10 }]);
    probabilities.data[window(10, 10)] = 0.5;
    expect(detect(picture, probabilities, rules)).toHaveLength(1);
    expect(detect(picture, probabilities, rules)).not.toMatchObject([{ top: 10, left: 10 }]);
  });

  it("passes over windows between two digits, and windows that it is not sure about", () => {
    const [picture, probabilities] = sceneWith([
      { top: 10, left: 0 },
      { top: 10, left: 28 },
    ]);
    const between = 17 * 17 + 5 * 17 + 7; // the window at row 10, column 14
    probabilities.data.fill(0.5, 17 * 17);
    probabilities.data[between] = 1;
    expect(detect(picture, probabilities, rules)).toEqual([]);
  });
});

describe.each([
  { mode: "compiled", execute: compile },
  { mode: "op by op", execute: eagerly },
])("the dense classifier, slid over a larger picture ($mode)", ({ execute }) => {
  const { dense } = createTwinModels(0);
  const search = searchLargePicture(dense, digits, 0, execute);

  it("answers as it does at each window cut out", () => {
    expect(search.certainty).toMatchObject({ height: 29, width: 57 });
    expect(search.largestDifference).toBeLessThanOrEqual(1e-6);
    expect([search.headBefore, search.headAfter]).toEqual(["Linear(512, 10)", "Conv2d(32, 10, 4)"]);
  });

  it("takes fewer MACs in one go", () => {
    expect(search.macs.windowByWindow).toBe(29 * 57 * 529_920);
    expect(search.macs.inOneGo).toBeLessThan(search.macs.windowByWindow / 10);
  });

  it("places and finds the same with the same seed, and other digits with another", () => {
    const { seconds: _, ...again } = searchLargePicture(dense, digits, 0, execute);
    expect(search).toMatchObject(again);
    expect(searchLargePicture(dense, digits, 1, execute).truth).not.toEqual(search.truth);
  });

  it("counts as hits what is found right", () => {
    expect(search.hits).toBe(search.truth.filter(({ isFound }) => isFound).length);
  });
});
