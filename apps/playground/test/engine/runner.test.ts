import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { drawPoints } from "../../src/engine/datasets/points.ts";
import type { Progress } from "../../src/engine/progress.ts";
import { Runner } from "../../src/engine/runner.ts";
import { Session } from "../../src/engine/session.ts";
import { presetFor } from "../../src/experiment/presets.ts";

const moons = { kind: "moons", noise: 0.1 } as const;

/** A clock that goes on by a millisecond each time that somebody looks. */
function start(epochs: number, breathe: () => Promise<void> = setImmediate) {
  const session = new Session({ ...presetFor(moons, 2), epochs }, drawPoints(moons));
  const reports: Progress[] = [];
  let ms = 0;
  const runner = new Runner(session, { breathe, now: () => ms++, report: (progress) => reports.push(progress) });
  return { session, runner, reports, steps: () => reports.flatMap((progress) => progress.steps) };
}

test("every step is reported once, in order, whether it was run, stepped or paused between", async () => {
  const whole = start(3);
  await whole.runner.run();
  expect(whole.steps().map(({ step }) => step)).toEqual(Array.from({ length: 84 }, (_, i) => i + 1));
  expect(whole.reports.at(-1)?.state).toBe("ended");

  let breaths = 0;
  const parts = start(3, async () => {
    if (breaths++ === 2) parts.runner.pause();
  });
  parts.runner.step();
  expect(parts.steps()).toHaveLength(1);
  await parts.runner.run();
  expect(parts.reports.at(-1)?.state).toBe("paused");
  const paused = parts.steps().length;
  expect(paused).toBeLessThan(84);
  parts.runner.step();
  expect(parts.steps()).toHaveLength(paused + 1);
  await parts.runner.run();
  expect(parts.steps()).toEqual(whole.steps());
  expect(parts.reports.flatMap(({ scores }) => scores)).toEqual(whole.reports.flatMap(({ scores }) => scores));
});

test("messages are let in every few pieces of work, and reports are rarer", async () => {
  let breaths = 0;
  const { runner, reports } = start(20, async () => void breaths++);
  await runner.run();
  expect(breaths).toBeGreaterThan(30);
  expect(reports.length).toBeLessThan(breaths / 2);
});

test("other work between two steps sees the same weights all along, and changes nothing of the training", async () => {
  const alone = start(3);
  await alone.runner.run();

  const { session, runner, steps } = start(3);
  const running = runner.run();
  const seen: number[] = [];
  function* looking() {
    for (let i = 0; i < 40; i++) {
      seen.push(session.model.parameters()[0]!.data[0]!);
      yield;
    }
    return "looked";
  }
  expect(await Promise.all([runner.interlude(looking()), runner.interlude(looking())])).toEqual(["looked", "looked"]);
  expect(new Set(seen.slice(0, 40)).size).toBe(1);
  const before = steps().length;
  function* failing(): Generator<void, void, void> {
    yield;
    throw new Error("cannot be looked at");
  }
  await expect(runner.interlude(failing())).rejects.toThrow("cannot be looked at");
  await running;
  expect(before).toBeLessThan(84);
  expect(steps()).toEqual(alone.steps());
});

test("a step waits for the other work", async () => {
  const { runner, steps } = start(1);
  function* looking() {
    for (let i = 0; i < 40; i++) yield;
  }
  const looked = runner.interlude(looking());
  const stepped = runner.step();
  expect(steps()).toHaveLength(0);
  await Promise.all([looked, stepped]);
  expect(steps()).toHaveLength(1);
});
