import { Rng } from "@pointwise/tensor";
import { batch, computed, effect, signal } from "@preact/signals";
import type { Comparison } from "../../../engine/search/compare.ts";
import { composeScene, type PlacedDigit } from "../../../engine/search/compose-scene.ts";
import { windowSide } from "../../../engine/search/detect.ts";
import { drawFreePlace } from "../../../engine/search/free-place.ts";
import type { HeldOutDigit } from "../../../engine/search/held-out-digit.ts";
import { matchFound } from "../../../engine/search/match.ts";
import type { Scene } from "../../../engine/search/scene.ts";
import type { SearchAnswer } from "../../../engine/search/searcher.ts";
import { digitClasses } from "../../../engine/twins/twin-experiments.ts";
import { digitsUrl } from "../../../state/digits-url.ts";
import { client } from "../../../state/training.ts";
import { status as twinsStatus } from "../twins/state.ts";

export const size = { height: 84, width: 140 } as const;

export interface Stamp extends PlacedDigit {
  readonly id: number;
}

/** What was drawn by hand. */
export const drawn = signal<Float32Array>(new Float32Array(size.height * size.width));

/** Digits of the data set that were dropped onto it. */
export const stamps = signal<readonly Stamp[]>([]);

export const scene = computed<Scene>(() => composeScene({ ...size, pixels: drawn.value }, stamps.value));

/** Whether a dense twin is there that has learned something. */
export const isTrained = computed(() => twinsStatus.value.score !== undefined);

/** What the classifier says of the scene, as it was a moment ago. */
export const answer = signal<SearchAnswer | undefined>(undefined);

export const matches = computed(() => matchFound(answer.value?.found ?? [], stamps.value));

/** Of the scene that is there now, once somebody asked for it. */
export const comparison = signal<Comparison | "asked" | undefined>(undefined);

/** Why something could not be done. */
export const problem = signal<string | "full" | undefined>(undefined);

/** Always the same digits at the same places after the page is loaded. */
const rng = new Rng("places of dropped digits");
let dropped = 0;

/** One that is not on the picture yet, as long as there are such. */
async function nextDigit(): Promise<HeldOutDigit> {
  for (;;) {
    const next = await client.ask("heldOutDigit", { number: dropped++, digitsUrl: digitsUrl() });
    const there = new Set(stamps.value.map(({ digit }) => digit));
    if (there.size === digitClasses || !there.has(next.digit)) return next;
  }
}

export async function addDigits(count: number): Promise<void> {
  problem.value = undefined;
  try {
    for (let i = 0; i < count; i++) {
      const digit = await nextDigit();
      const place = drawFreePlace(size, stamps.value, rng);
      if (!place) {
        problem.value = "full";
        return;
      }
      stamps.value = [...stamps.value, { ...digit, ...place, id: dropped }];
    }
  } catch (error) {
    problem.value = error instanceof Error ? error.message : String(error);
  }
}

/** As far as the picture goes. */
export function moveStamp(id: number, top: number, left: number): void {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  const place = { top: within(top, size.height - windowSide), left: within(left, size.width - windowSide) };
  stamps.value = stamps.value.map((stamp) => (stamp.id === id ? { ...stamp, ...place } : stamp));
}

export function removeStamp(id: number): void {
  stamps.value = stamps.value.filter((stamp) => stamp.id !== id);
}

export function clear(): void {
  batch(() => {
    drawn.value = new Float32Array(size.height * size.width);
    stamps.value = [];
    problem.value = undefined;
  });
}

export async function compare(): Promise<void> {
  const asked = scene.peek();
  comparison.value = "asked";
  try {
    const compared = await client.ask("compare", { scene: asked });
    if (scene.peek() === asked && comparison.peek() === "asked") comparison.value = compared;
  } catch (error) {
    batch(() => {
      comparison.value = undefined;
      problem.value = error instanceof Error ? error.message : String(error);
    });
  }
}

/** Milliseconds from one question to the next: at most 15 a second. */
const restMs = 67;
let asking = false;
/** The scene and the score of the twins that the answer is for. */
let answeredFor: readonly unknown[] = [];

const wanted = (): readonly unknown[] => [scene.peek(), twinsStatus.peek().score];
const isAnswered = (question: readonly unknown[]) => question.every((part, i) => part === answeredFor[i]);

/** Asks for what is there now; what changed while the worker was at it is asked for next. */
async function ask(): Promise<void> {
  const question = wanted();
  if (asking || !isTrained.peek() || isAnswered(question)) return;
  asking = true;
  const rest = new Promise((resolve) => setTimeout(resolve, restMs));
  try {
    const found = await client.ask("search", { scene: scene.peek() });
    if (isTrained.peek()) answer.value = found;
  } catch (error) {
    // When the twins were reset meanwhile, the next ones are asked once they have learned something.
    if (isTrained.peek()) problem.value = error instanceof Error ? error.message : String(error);
  }
  answeredFor = question;
  await rest;
  asking = false;
  ask();
}

effect(() => {
  void scene.value;
  comparison.value = undefined;
});

effect(() => {
  void [scene.value, twinsStatus.value.score];
  if (isTrained.value) ask();
  else {
    answer.value = undefined;
    comparison.value = undefined;
  }
});
