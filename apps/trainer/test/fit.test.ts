import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dataset } from "@pointwise/data";
import { decodeSafetensors } from "@pointwise/formats";
import { mul, type Tensor, tensor } from "@pointwise/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FitOptions, fit } from "../src/training/fit.ts";
import { type PreparedRun, resumeRun, startRun } from "../src/training/prepare-run.ts";
import type { TrainOptions } from "../src/training/train-options.ts";
import { writeIdxFolder } from "./write-idx-folder.ts";

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
  checkpointEvery: 30,
};

/** Noise of 8×8 pixels: what a step does to the state is as well seen as with digits. */
function writePictures(): string {
  const pictures = Array.from({ length: 200 }, (_, i) => ({
    pixels: Array.from({ length: 64 }, (_, p) => (i * p * 31 + p * p) % 256),
    label: i % 10,
  }));
  writeIdxFolder(join(folder, "pictures"), pictures);
  return join(folder, "pictures");
}

const start = (name: string, eager: boolean) => startRun({ ...options, eager, out: join(folder, name) });

const modes = [
  { mode: "compiled", eager: false },
  { mode: "op by op", eager: true },
];

const unhurried = { checkpointEvery: Number.POSITIVE_INFINITY, onEpoch() {} };

/** Fits until the signal has been asked for so many times: once after each batch, before each validation batch and after each epoch. */
async function fitUntil(prepared: PreparedRun, asked: number) {
  let left = asked;
  const interrupt = {
    get signal() {
      return left-- > 0 ? undefined : ("SIGINT" as const);
    },
  };
  try {
    return await fit({ ...prepared, ...unhurried, interrupt });
  } finally {
    prepared.run.close();
  }
}

const finalState = ({ state }: PreparedRun) => {
  const { tensors } = state.checkpoint();
  const { position } = state;
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
  const data = { dataset: "mnist", dataDir: writePictures() } as const;
  const pictures = { ...options, ...data, model: "nin", augment: true, batchSize: 16, epochs: 1 } as const;
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
      await fit({ ...(await start(mode, eager)), ...unhurried, interrupt: { signal: undefined }, onEpoch });
      return perEpoch;
    }),
  );
  expect(losses[0]).toHaveLength(6);
  expect(losses[0]).toEqual(losses[1]!.map((loss) => expect.closeTo(loss, 4)));
});

describe.each(modes)("NaN and infinities stop the training ($mode)", ({ eager }) => {
  const failing = (prepared: PreparedRun, changes: Partial<FitOptions>) =>
    fit({ ...prepared, ...unhurried, interrupt: { signal: undefined }, ...changes }).finally(() =>
      prepared.run.close(),
    );

  test("a loss of NaN leaves the checkpoint before it, and the weights and statistics from before the last good step", async () => {
    const out = join(folder, "nan");
    const data = { dataset: "mnist", dataDir: writePictures() } as const;
    const pictures = { ...options, ...data, model: "resnet", batchSize: 4, out, eager } as const;
    const prepared = await startRun(pictures);
    const before: Record<string, number[]>[] = [];
    const step: FitOptions["step"] = (x, y) => {
      before.push(valuesOf(prepared.state.model.stateDict()));
      return prepared.step(before.length < 3 ? x : mul(x, Number.NaN), y);
    };
    const rejected = expect(failing(prepared, { ...firstSamples(prepared, 16), step, checkpointEvery: 0 })).rejects;
    await rejected.toThrow(/^The loss of batch 3 of 4 in epoch 1 is NaN.*\nThe same step op by op gives numbers/);
    const file = readFileSync(join(out, "before-divergence.safetensors"));
    expect(valuesOf(decodeSafetensors(file, "kept").tensors)).toEqual(before[1]);
    const { state, run } = await resumeRun(out, {});
    run.close();
    expect(state.position.batch).toBe(2);
    expect(valuesOf(state.model.stateDict())).toEqual(before[2]);
  });

  test.each([undefined, 1])(
    "an infinite gradient of a finite loss is traced to its layer (--clip-norm %s)",
    async (clipNorm) => {
      const prepared = await startRun({
        ...options,
        ...(clipNorm && { clipNorm }),
        batchSize: 1,
        eager,
        out: join(folder, "inf"),
      });
      const { train, state } = prepared;
      const set = (name: string, values: (i: number) => number) => {
        const weights = state.model.namedParameters().get(name)!;
        weights.data.forEach((_, i, data) => {
          data[i] = values(i);
        });
      };
      // Tiny activations, and weights of three classes that make small logits of them, but a huge gradient.
      set("2.weight", () => 0);
      set("2.bias", () => 1e-38);
      set("4.weight", (i) => [3e38, -3e38, 0][Math.floor(i / 64)]!);
      const second: Dataset = { length: 4, batch: (indices) => [train.batch(indices)[0], tensor(Int32Array.of(1))] };
      const rejected = expect(failing(prepared, { train: second })).rejects;
      await rejected.toThrow(
        /^The gradient of batch 1 of 4 in epoch 1 is (NaN|Infinity).*\nIn the backward pass, layer 4, Linear\(64, 3\), was the first to give a number that is none: its matmul made Infinity of numbers up to 3\.00e38\.\n/,
      );
      expect(prepared.run.has("last")).toBe(false);
    },
  );

  test("weights that a step made infinite are not saved", async () => {
    const prepared = await start("weights", eager);
    let steps = 0;
    const step: FitOptions["step"] = (x, y) => {
      const result = prepared.step(x, y);
      if (++steps === 2) prepared.state.model.parameters()[2]!.data[5] = Number.POSITIVE_INFINITY;
      return result;
    };
    await expect(failing(prepared, { step, checkpointEvery: 0 })).rejects.toThrow(
      "The last step made Infinity in 2.weight",
    );
    const { state, run } = await resumeRun(join(folder, "weights"), {});
    run.close();
    expect(state.position.batch).toBe(1);
  });

  test("a validation loss of NaN is looked into as well", async () => {
    const prepared = await start("validation", eager);
    const { validation } = prepared;
    const spoilt: Dataset = {
      length: validation.length,
      batch: (indices) => [mul(validation.batch(indices)[0], Number.NaN), validation.batch(indices)[1]],
    };
    await expect(failing(prepared, { validation: spoilt })).rejects.toThrow(
      /^The validation loss after epoch 1 is NaN.*\nThe batch itself holds NaN/,
    );
  });
});

const valuesOf = (tensors: ReadonlyMap<string, Tensor>): Record<string, number[]> =>
  Object.fromEntries([...tensors].map(([name, { data }]) => [name, [...data]]));

/** Fewer samples, so that a test is quick. */
function firstSamples({ train, validation }: PreparedRun, length: number): Pick<PreparedRun, "train" | "validation"> {
  return {
    train: { length, batch: (indices) => train.batch(indices) },
    validation: { length: 16, batch: (indices) => validation.batch(indices) },
  };
}
