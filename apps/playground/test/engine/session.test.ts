import { expect, test } from "vitest";
import { makeBlock } from "../../src/blocks/block.ts";
import { drawPoints } from "../../src/engine/datasets/points.ts";
import { Session, type TrainingEvent } from "../../src/engine/session.ts";
import type { Experiment } from "../../src/experiment/experiment.ts";
import { defaultExperiment, presetFor } from "../../src/experiment/presets.ts";
import { theDigits } from "./data.ts";

const spiral = { kind: "spiral", noise: 0.15 } as const;
const onSpiral = (changes: Partial<Experiment> = {}): Experiment => ({ ...presetFor(spiral, 3), ...changes });

const eventsOf = (session: Session): TrainingEvent[] => {
  const events: TrainingEvent[] = [];
  for (let next = session.work.next(); !next.done; next = session.work.next()) events.push(next.value);
  return events;
};
const lossesOf = (experiment: Experiment): number[] =>
  eventsOf(new Session(experiment, drawPoints(spiral))).flatMap((event) => (event.kind === "step" ? [event.loss] : []));

test("the same experiment gives the same losses, bit for bit; another seed others", () => {
  const losses = lossesOf(onSpiral({ epochs: 3 }));
  expect(losses).toHaveLength(3 * 28);
  expect(lossesOf(onSpiral({ epochs: 3 }))).toEqual(losses);
  expect(lossesOf(onSpiral({ epochs: 3, seed: 1 }))[0]).not.toBe(losses[0]);
});

test("the preset for a spiral learns it", () => {
  const last = eventsOf(new Session(onSpiral(), drawPoints(spiral))).at(-1);
  expect(last).toMatchObject({ kind: "scored", step: 400 * 28 });
  expect(last?.kind === "scored" && last.score.accuracy).toBeGreaterThan(0.93);
});

test("the default experiment reads 95% of the held-out digits", async () => {
  const scores = eventsOf(new Session(defaultExperiment, await theDigits())).flatMap((e) =>
    e.kind === "scored" ? [e.score] : [],
  );
  expect(scores.at(-1)!.accuracy).toBeGreaterThan(0.95);
});

test("a dropout and a batch norm are off while held-out samples are looked at", () => {
  const data = drawPoints(spiral);
  const blocks = [
    makeBlock("dense", { features: 8 }),
    makeBlock("dropout", { p: 0.5 }),
    makeBlock("dense", { features: 3 }),
  ];
  const session = new Session(onSpiral({ blocks }), data);
  const [x] = data.test.batch([0, 1, 2]);
  expect([...session.logitsOf(x).data]).toEqual([...session.logitsOf(x).data]);
  expect(session.model.training).toBe(true);
});

test("a loss that is no number any more is explained", () => {
  const session = new Session(
    onSpiral({
      optimizer: "sgd",
      lr: 10,
      momentum: 0.99,
      schedule: "constant",
      blocks: [makeBlock("dense", { features: 4096 }), makeBlock("dense", { features: 3 })],
    }),
    drawPoints(spiral),
  );
  expect(() => eventsOf(session)).toThrow(/At step \d+ the loss was .*Lower the learning rate/);
});

test("what cannot be trained is refused at once", () => {
  const data = drawPoints(spiral);
  expect(() => new Session(onSpiral({ blocks: [makeBlock("dense", { features: 7 })] }), data)).toThrow(
    "a score for each of the 3 classes",
  );
  expect(() => new Session(onSpiral({ epochs: 1, batchSize: 900 }), data)).toThrow("OneCycleLR");
});
