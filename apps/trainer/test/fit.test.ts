import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fit } from "../src/training/fit.ts";
import { type PreparedRun, resumeRun, startRun } from "../src/training/prepare-run.ts";
import type { TrainOptions } from "../src/training/train-options.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pointwise-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options: TrainOptions = {
  model: "mlp",
  dataset: "spiral",
  epochs: 3,
  batchSize: 300, // three batches an epoch
  optimizer: "sgd",
  lr: 0.1,
  schedule: "plateau",
  seed: 5,
  patience: 0,
};

const start = (name: string) => startRun({ ...options, out: join(folder, name) });

/** Fits until the signal has been asked for so many times: once after each batch, before each validation batch and after each epoch. */
function fitUntil(prepared: PreparedRun, asked: number) {
  let left = asked;
  const interrupt = {
    get signal() {
      return left-- > 0 ? undefined : ("SIGINT" as const);
    },
  };
  return fit({ ...prepared, interrupt, onEpoch() {} });
}

const finalState = ({ state }: PreparedRun) => {
  const { tensors } = state.checkpoint();
  const { seconds, ...position } = state.position;
  return { tensors: [...tensors].map(([name, x]) => [name, [...x.data]]), position };
};

test("wherever a run is interrupted, it goes on as if it had not been", async () => {
  const whole = await start("whole");
  expect(await fitUntil(whole, Number.POSITIVE_INFINITY)).toBe("all epochs");
  const wanted = finalState(whole);
  const stops = new Set<string>();
  for (let asked = 0; asked < 15; asked++) {
    const name = `part-${asked}`;
    const part = await start(name);
    const outcome = await fitUntil(part, asked);
    if (outcome === "all epochs") {
      expect(asked).toBeGreaterThan(11);
      continue;
    }
    expect(outcome).toBe("interrupted");
    stops.add(`epoch ${part.state.position.epoch}, batch ${part.state.position.batch}`);
    const resumed = await resumeRun(join(folder, name), {});
    expect(await fitUntil(resumed, Number.POSITIVE_INFINITY)).toBe("all epochs");
    expect(finalState(resumed)).toEqual(wanted);
  }
  // After each batch, and between epochs.
  expect(stops.size).toBeGreaterThanOrEqual(9);
});

test("dropout and augmentation go on with their random streams too", async () => {
  const pictures = { ...options, model: "nin", dataset: "mnist", augment: true, batchSize: 16, epochs: 1 } as const;
  const short = async (name: string) => {
    const prepared = await startRun({ ...pictures, out: join(folder, name) });
    return { ...prepared, ...firstSamples(prepared, 48) };
  };
  const whole = await short("whole");
  await fitUntil(whole, Number.POSITIVE_INFINITY);
  expect(await fitUntil(await short("part"), 1)).toBe("interrupted");
  const resumed = await resumeRun(join(folder, "part"), {});
  const rest = { ...resumed, ...firstSamples(resumed, 48) };
  expect(rest.state.position.batch).toBe(2);
  await fitUntil(rest, Number.POSITIVE_INFINITY);
  expect(finalState(rest)).toEqual(finalState(whole));
});

/** Fewer samples, so that a test is quick. */
function firstSamples({ train, validation }: PreparedRun, length: number): Pick<PreparedRun, "train" | "validation"> {
  return {
    train: { length, batch: (indices) => train.batch(indices) },
    validation: { length: 16, batch: (indices) => validation.batch(indices) },
  };
}
