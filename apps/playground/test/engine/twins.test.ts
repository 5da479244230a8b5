import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { describeBlocks } from "../../src/blocks/describe-blocks.ts";
import type { TrainingData } from "../../src/engine/training-data.ts";
import { twinExperiment } from "../../src/engine/twins/twin-experiments.ts";
import { Twins, type TwinsEvent, type TwinsProgress, TwinsRunner } from "../../src/engine/twins/twins.ts";
import { theDigits } from "./data.ts";

/** What `count` batches of both bring, and what else comes before them. */
function advance(twins: Twins, count: number): TwinsEvent[] {
  const events: TwinsEvent[] = [];
  while (twins.step < count) {
    const next = twins.work.next();
    if (next.done) throw new Error("they ended");
    events.push(next.value);
  }
  return events;
}
const stepsOf = (events: readonly TwinsEvent[]) => events.flatMap((e) => (e.kind === "step" ? [e] : []));

test("the twins have one body, and heads of 5,130 and 330 parameters with as many MACs", () => {
  const of = (name: "dense" | "pointwise") => describeBlocks(twinExperiment(name, 0).blocks, [1, 28, 28], 10);
  const [dense, pointwise] = [of("dense"), of("pointwise")];
  expect(dense.rows.slice(0, 7)).toEqual(pointwise.rows.slice(0, 7));
  expect(dense.rows[6]?.outputShape).toEqual([32, 4, 4]);
  expect(dense.rows.slice(7).map(({ layer, parameters }) => [layer, parameters])).toEqual([
    ["Flatten()", 0],
    ["Linear(512, 10)", 5130],
  ]);
  expect(pointwise.rows.slice(7).map(({ layer, parameters }) => [layer, parameters])).toEqual([
    ["Conv1x1(32, 10)", 330],
    ["GlobalAvgPool2d()", 0],
  ]);
  expect([dense.macs, pointwise.macs]).toEqual([529_920, 529_920]);
});

test("they begin with the same weights in the body, and get the same batches in turn", async () => {
  const digits = await theDigits();
  const batches: string[] = [];
  const twins = new Twins(3, { ...digits, train: recording(digits.train, batches) });
  const [dense, pointwise] = [twins.sessions.dense.model.stateDict(), twins.sessions.pointwise.model.stateDict()];
  for (const name of ["0.weight", "3.weight", "5.weight", "5.bias"]) {
    expect(pointwise.get(name)!.data).toEqual(dense.get(name)!.data);
  }
  advance(twins, 6);
  expect(batches).toHaveLength(12);
  for (let step = 0; step < 6; step++) expect(batches[2 * step + 1]).toBe(batches[2 * step]);
  expect(new Set(batches).size).toBe(6);
});

test("both learn, the same for the same seed bit for bit, and are scored on the held-out digits", async () => {
  const digits = await theDigits();
  const twins = new Twins(0, digits);
  const events = advance(twins, 51); // the score after 50 steps comes before the next step
  const losses = stepsOf(events);
  expect(losses).toHaveLength(51);
  for (const name of ["dense", "pointwise"] as const) {
    expect(losses[0]![name].loss).toBeCloseTo(Math.log(10), 0);
    expect(losses.at(-1)![name].loss).toBeLessThan(1.3);
    expect(twins.scoredAt).toBe(50);
  }
  const scored = events.find((e) => e.kind === "scored");
  expect(scored).toMatchObject({ kind: "scored", step: 50 });
  expect(scored?.kind === "scored" && scored.dense.accuracy).toBeGreaterThan(0.75);
  expect(stepsOf(advance(new Twins(0, digits), 10))).toEqual(losses.slice(0, 10));
  expect(stepsOf(advance(new Twins(1, digits), 1))).not.toEqual(losses.slice(0, 1));
});

test("they run in slices, pause, and go on where they were", async () => {
  const few = await someDigits(640);
  const start = (breathe: () => Promise<void>) => {
    const reports: TwinsProgress[] = [];
    let ms = 0;
    const twins = new Twins(0, few);
    const runner = new TwinsRunner(twins, { breathe, now: () => ms++, report: (progress) => reports.push(progress) });
    return { runner, reports, steps: () => reports.flatMap(({ steps }) => steps) };
  };
  const whole = start(setImmediate);
  await whole.runner.run();
  expect(whole.steps().map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  expect(whole.reports.flatMap(({ scores }) => scores.map(({ step }) => step))).toEqual([10, 20, 30]);
  expect(whole.reports.at(-1)?.state).toBe("ended");

  let breaths = 0;
  const parts = start(async () => {
    if (breaths++ === 2) parts.runner.pause();
  });
  parts.runner.step();
  expect(parts.steps()).toHaveLength(1);
  await parts.runner.run();
  expect(parts.reports.at(-1)?.state).toBe("paused");
  expect(parts.steps().length).toBeLessThan(30);
  await parts.runner.run();
  expect(parts.steps()).toEqual(whole.steps());
});

/** The data set, which notes the numbers of each batch that is taken from it. */
function recording(train: TrainingData["train"], batches: string[]): TrainingData["train"] {
  return {
    length: train.length,
    batch(indices) {
      batches.push(Array.from(indices).join());
      return train.batch(indices);
    },
  };
}

async function someDigits(count: number): Promise<TrainingData> {
  const digits = await theDigits();
  const part = (dataset: TrainingData["train"], n: number): TrainingData["train"] => ({
    length: n,
    batch: (indices) => dataset.batch(indices),
  });
  return { ...digits, train: part(digits.train, count), test: part(digits.test, 100) };
}
