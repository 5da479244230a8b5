import { setImmediate } from "node:timers/promises";
import { useDeterministicKernels } from "@pointwise/compiler";
import { Rng } from "@pointwise/tensor";
import { beforeAll, expect, test } from "vitest";
import { compareWithWindows } from "../../src/engine/search/compare.ts";
import { detect, type WindowAnswers, windowSide } from "../../src/engine/search/detect.ts";
import { drawFreePlace, overlap } from "../../src/engine/search/free-place.ts";
import { heldOutDigit } from "../../src/engine/search/held-out-digit.ts";
import type { Place, Scene } from "../../src/engine/search/scene.ts";
import { Searcher } from "../../src/engine/search/searcher.ts";
import { Session } from "../../src/engine/session.ts";
import { twinExperiment } from "../../src/engine/twins/twin-experiments.ts";
import { theDigits } from "./data.ts";

const size = { height: 84, width: 140 };

/** The dense twin after an epoch alone: this is about where it looks. */
let session: Session;
beforeAll(async () => {
  useDeterministicKernels();
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

test("one go gives what window by window gives, with fewer MACs, and what is learned later changes nothing", async () => {
  const other = new Session({ ...twinExperiment("dense", 1), epochs: 1 }, session.data);
  for (let i = 0; i < 3; i++) other.work.next();
  const searcher = new Searcher(other, 3);
  const { scene } = sceneOf(0);
  const answer = searcher.search(scene);
  expect(answer).toMatchObject({ classes: 10, rows: 29, columns: 57, step: 3 });
  expect(answer.macs.oneWindow).toBe(529_920);
  expect(answer.macs.inOneGo).toBe(80 * 136 * 200 + 36 * 64 * 3200 + 32 * 60 * 12_800 + 29 * 57 * 5120);
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
