import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeSafetensors } from "@pointwise/formats";
import { mul, type Tensor } from "@pointwise/tensor";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FitOptions, fit } from "../src/training/fit.ts";
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

const start = (name: string, eager: boolean) => startRun({ ...options, eager, out: join(folder, name) });

const modes = [
  { mode: "compiled", eager: false },
  { mode: "op by op", eager: true },
];

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

test.each(modes)("wherever a run is interrupted, it goes on as if it had not been ($mode)", async ({ eager }) => {
  const whole = await start("whole", eager);
  expect(await fitUntil(whole, Number.POSITIVE_INFINITY)).toBe("all epochs");
  const wanted = finalState(whole);
  const stops = new Set<string>();
  for (let asked = 0; asked < 15; asked++) {
    const name = `part-${asked}`;
    const part = await start(name, eager);
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

test.each(modes)("dropout and augmentation go on with their random streams too ($mode)", async ({ eager }) => {
  const pictures = { ...options, model: "nin", dataset: "mnist", augment: true, batchSize: 16, epochs: 1 } as const;
  const short = async (name: string) => {
    const prepared = await startRun({ ...pictures, eager, out: join(folder, name) });
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

test("a compiled run learns as one that runs op by op", async () => {
  const losses = await Promise.all(
    modes.map(async ({ mode, eager }) => {
      const perEpoch: number[] = [];
      const onEpoch: FitOptions["onEpoch"] = ({ trainLoss, validationLoss }) =>
        perEpoch.push(trainLoss, validationLoss);
      await fit({ ...(await start(mode, eager)), interrupt: { signal: undefined }, onEpoch });
      return perEpoch;
    }),
  );
  expect(losses[0]).toHaveLength(6);
  expect(losses[0]).toEqual(losses[1]!.map((loss) => expect.closeTo(loss, 4)));
});

test.each(modes)(
  "a loss of NaN leaves the weights and statistics from before the last good step ($mode)",
  async ({ eager }) => {
    const pictures = {
      ...options,
      model: "resnet",
      dataset: "mnist",
      batchSize: 4,
      out: join(folder, "nan"),
      eager,
    } as const;
    const prepared = await startRun(pictures);
    const { train, validation } = firstSamples(prepared, 16);
    const before: Record<string, number[]>[] = [];
    const step: FitOptions["step"] = (x, y) => {
      before.push(valuesOf(prepared.state.model.stateDict()));
      return prepared.step(before.length < 3 ? x : mul(x, Number.NaN), y);
    };
    const failing = fit({ ...prepared, train, validation, step, interrupt: { signal: undefined }, onEpoch() {} });
    await expect(failing).rejects.toThrow("loss of batch 3 of 4 in epoch 1 is NaN");
    const file = readFileSync(join(folder, "nan", "before-divergence.safetensors"));
    expect(valuesOf(decodeSafetensors(file, "kept").tensors)).toEqual(before[1]);
  },
);

const valuesOf = (tensors: ReadonlyMap<string, Tensor>): Record<string, number[]> =>
  Object.fromEntries([...tensors].map(([name, { data }]) => [name, [...data]]));

/** Fewer samples, so that a test is quick. */
function firstSamples({ train, validation }: PreparedRun, length: number): Pick<PreparedRun, "train" | "validation"> {
  return {
    train: { length, batch: (indices) => train.batch(indices) },
    validation: { length: 16, batch: (indices) => validation.batch(indices) },
  };
}
