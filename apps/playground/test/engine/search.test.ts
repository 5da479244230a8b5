import { setImmediate } from "node:timers/promises";
import { toFullyConvolutional } from "@pointwise/layers";
import { Rng } from "@pointwise/tensor";
import { beforeAll, expect, test } from "vitest";
import { compareWithWindows } from "../../src/engine/search/compare.ts";
import { slidingCosts } from "../../src/engine/search/costs.ts";
import { detect, type WindowAnswers, windowSide } from "../../src/engine/search/detect.ts";
import { drawStroke } from "../../src/engine/search/draw-stroke.ts";
import { drawFreePlace, overlap } from "../../src/engine/search/free-place.ts";
import { heldOutDigit } from "../../src/engine/search/held-out-digit.ts";
import type { Place, Scene } from "../../src/engine/search/scene.ts";
import { Searcher } from "../../src/engine/search/searcher.ts";
import { windowsWithInk } from "../../src/engine/search/windows-with-ink.ts";
import { Session } from "../../src/engine/session.ts";
import { twinExperiment } from "../../src/engine/twins/twin-experiments.ts";
import { theDigits } from "./data.ts";

const size = { height: 84, width: 140 };

/** The dense twin after an epoch alone: this is about where it looks. */
let session: Session;
beforeAll(async () => {
  session = new Session({ ...twinExperiment("dense", 0), epochs: 1 }, await theDigits());
  while (!session.work.next().done);
}, 60_000);

/** Bars of ink on paper of 60×60, and an answer for each of its 17×17 windows: class 1 everywhere, just as sure. */
function barsAt(...bars: readonly Place[]): [Scene, WindowAnswers] {
  const pixels = new Float32Array(60 * 60);
  for (const { top, left } of bars) {
    for (let row = 8; row <= 20; row++) pixels.fill(1, (top + row) * 60 + left + 12, (top + row) * 60 + left + 17);
  }
  const probabilities = new Float32Array(2 * 17 * 17).fill(0.99, 17 * 17);
  return [
    { height: 60, width: 60, pixels },
    { classes: 2, rows: 17, columns: 17, probabilities },
  ];
}

test("nothing is found where there is no ink, however sure the classifier is", () => {
  expect(detect(...barsAt())).toEqual([]);
});

test("one window stays for each digit, the best centred of those that are sure", () => {
  const [scene, answers] = barsAt({ top: 2, left: 0 }, { top: 30, left: 32 });
  const found = detect(scene, answers);
  expect(found.map(({ digit, top, left }) => [digit, top, left])).toEqual([
    [1, 2, 0],
    [1, 30, 32],
  ]);
  answers.probabilities[17 * 17 + 17 + 0] = 0.5;
  expect(detect(scene, answers)).not.toContainEqual(found[0]);
  expect(detect(scene, answers)).toHaveLength(2);
});

test("a window between two digits is passed over", () => {
  const [scene, answers] = barsAt({ top: 10, left: 0 }, { top: 10, left: 28 });
  answers.probabilities.fill(0.5, 17 * 17);
  answers.probabilities[17 * 17 + 5 * 17 + 7] = 1; // row 10, column 14
  expect(detect(scene, answers)).toEqual([]);
});

test("digits are placed where none overlap, until there is no place left", () => {
  for (let seed = 0; seed < 20; seed++) {
    const rng = new Rng(seed);
    const places: Place[] = [];
    for (;;) {
      const place = drawFreePlace(size, places, rng);
      if (!place) break;
      expect(places.some((p) => overlap(p, place))).toBe(false);
      expect(place.top).toBeLessThanOrEqual(84 - windowSide);
      expect(place.left).toBeLessThanOrEqual(140 - windowSide);
      places.push(place);
    }
    expect(places.length).toBeGreaterThan(4);
    expect(places.length).toBeLessThanOrEqual(15);
  }
});

/** Five held-out digits, each scene others. */
function sceneOf(number: number): { scene: Scene; truth: (Place & { digit: number })[] } {
  const rng = new Rng(`scene ${number}`);
  const scene = { ...size, pixels: new Float32Array(84 * 140) };
  const truth: (Place & { digit: number })[] = [];
  for (let i = 0; i < 5; i++) {
    const place = drawFreePlace(size, truth, rng);
    if (!place) break;
    const { pixels, digit } = heldOutDigit(session.data, 5 * number + i);
    pixels.forEach((ink, at) => {
      scene.pixels[(place.top + Math.floor(at / 28)) * 140 + place.left + (at % 28)] = ink;
    });
    truth.push({ ...place, digit });
  }
  return { scene, truth };
}

test("digits of a large picture are found where they are, and named", () => {
  const searcher = new Searcher(session, 140);
  let [right, all, found] = [0, 0, 0];
  for (let number = 0; number < 20; number++) {
    const { scene, truth } = sceneOf(number);
    const answer = searcher.search(scene);
    right += truth.filter((t) =>
      answer.found.some((f) => f.digit === t.digit && Math.abs(f.top - t.top) <= 4 && Math.abs(f.left - t.left) <= 4),
    ).length;
    all += truth.length;
    found += answer.found.length;
  }
  expect(all).toBeGreaterThan(90);
  expect(right / all).toBeGreaterThan(0.88);
  expect(found - right).toBeLessThan(0.12 * all);
});

test("one go gives what window by window gives, and what is learned later changes nothing", async () => {
  const other = new Session({ ...twinExperiment("dense", 1), epochs: 1 }, session.data);
  for (let i = 0; i < 3; i++) other.work.next();
  const searcher = new Searcher(other, 3);
  const { scene } = sceneOf(0);
  const answer = searcher.search(scene);
  expect(answer).toMatchObject({ classes: 10, rows: 29, columns: 57, step: 3 });
  for (let window = 0; window < 29 * 57; window += 100) {
    const sum = Array.from({ length: 10 }, (_, digit) => answer.probabilities[digit * 29 * 57 + window]!);
    expect(sum.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  }
  other.work.next();
  expect(searcher.search(scene).probabilities).toEqual(answer.probabilities);
  expect(new Searcher(other, 4).search(scene).probabilities).not.toEqual(answer.probabilities);

  const comparison = await compareWithWindows(searcher, scene, { breathe: setImmediate, now: () => performance.now() });
  expect(comparison.windows).toBe(29 * 57);
  expect(comparison.largestDifference).toBeLessThan(1e-4);
});

test("the costs are those of the layers themselves", () => {
  const costs = slidingCosts(size);
  const sliding = toFullyConvolutional(session.model, [1, 28, 28]).summary([1, 84, 140]);
  expect(costs).toMatchObject({
    rows: 29,
    columns: 57,
    layerBefore: "Linear(512, 10)",
    layerAfter: sliding.rows.at(-1)!.layer,
    parameters: 5130,
    kernelSize: 4,
    mapChannels: 32,
  });
  expect(costs.layerAfter).toBe("Conv2d(32, 10, 4)");
  expect(sliding.rows.at(-1)!.outputShape).toEqual([10, 29, 57]);
  expect(costs.macs).toEqual({ oneWindow: session.model.summary([1, 28, 28]).macs, inOneGo: sliding.macs });
  expect(costs.macs.oneWindow).toBe(529_920);
  expect(costs.macs.inOneGo).toBe(80 * 136 * 200 + 36 * 64 * 3200 + 32 * 60 * 12_800 + 29 * 57 * 5120);
});

test("windows of paper alone are told apart from those with a single pixel of ink", () => {
  const pixels = new Float32Array(84 * 140);
  pixels[30 * 140 + 29] = 0.004;
  const hasInk = windowsWithInk({ ...size, pixels }, 29, 57);
  for (let row = 0; row < 29; row++) {
    for (let column = 0; column < 57; column++) {
      const sees = 2 * row <= 30 && 30 < 2 * row + 28 && 2 * column <= 29 && 29 < 2 * column + 28;
      expect(hasInk[row * 57 + column]).toBe(sees ? 1 : 0);
    }
  }
});

test("a stroke inks what lies under it, softly at its edges, and leaves the rest and the picture before alone", () => {
  const before = { ...size, pixels: new Float32Array(84 * 140) };
  const drawn = drawStroke(before, { x: 10.5, y: 20.5 }, { x: 30.5, y: 20.5 });
  const at = (row: number, column: number) => drawn[row * 140 + column]!;
  expect(before.pixels.every((ink) => ink === 0)).toBe(true);
  expect([at(20, 10), at(20, 20), at(20, 30), at(19, 20), at(21, 20)]).toEqual([1, 1, 1, 1, 1]);
  expect(at(18, 20)).toBeCloseTo(0.1, 5);
  expect([at(17, 20), at(20, 7), at(20, 33)]).toEqual([0, 0, 0]);
  const crossed = drawStroke({ ...size, pixels: drawn }, { x: 20, y: -5 }, { x: 20, y: 200 });
  expect(crossed[83 * 140 + 20]).toBe(1); // beyond the edges it ends
  expect(drawn.every((ink, i) => crossed[i]! >= ink)).toBe(true);
});

test("a held-out digit has the bytes of the data set, paper being 0, and after the last the first comes again", () => {
  const first = heldOutDigit(session.data, 0);
  expect(first.pixels.every((ink) => ink >= 0 && ink <= 1 && Math.abs(ink * 255 - Math.round(ink * 255)) < 1e-4)).toBe(
    true,
  );
  expect(first.pixels[0]).toBe(0);
  expect(Math.max(...first.pixels)).toBeGreaterThan(0.9);
  expect(heldOutDigit(session.data, session.data.test.length)).toEqual(first);
  expect(heldOutDigit(session.data, 1)).not.toEqual(first);
});
