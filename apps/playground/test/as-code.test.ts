import { describe, expect, test } from "vitest";
import { asCode } from "../src/blocks/as-code.ts";
import { type Block, makeBlock } from "../src/blocks/block.ts";
import { drawPoints } from "../src/engine/datasets/points.ts";
import { Session } from "../src/engine/session.ts";
import type { TrainingData } from "../src/engine/training-data.ts";
import { knownShape } from "../src/experiment/data-choice.ts";
import { type Experiment, optimizerKinds, scheduleKinds } from "../src/experiment/experiment.ts";
import { defaultExperiment, presetFor } from "../src/experiment/presets.ts";
import { theDigits } from "./engine/data.ts";
import { runScript } from "./run-script.ts";

const moons = { kind: "moons", noise: 0.2 } as const;

const printedLosses = (text: string) => [...text.matchAll(/^step \d+: loss (\S+)$/gm)].map(([, loss]) => Number(loss));

/** Those that the script prints: the first five, then every twentieth. */
function sessionLosses(experiment: Experiment, data: TrainingData): number[] {
  const session = new Session(experiment, data);
  const losses: number[] = [];
  for (let next = session.work.next(); !next.done; next = session.work.next()) {
    if (next.value.kind !== "step") continue;
    const { step, loss } = next.value;
    if (step <= 5 || step % 20 === 0) losses.push(loss);
  }
  return losses;
}

async function expectSameLosses(experiment: Experiment, data: TrainingData): Promise<string> {
  const text = await runScript(asCode(experiment, knownShape(experiment.data)!));
  const losses = sessionLosses(experiment, data);
  expect(losses.length).toBeGreaterThan(5);
  expect(printedLosses(text)).toEqual(losses);
  return text;
}

test("the default experiment's script, run by Node, has the page's losses bit for bit", async () => {
  const text = await expectSameLosses({ ...defaultExperiment, epochs: 1 }, await theDigits());
  expect(text).toMatch(/^epoch 1: [89]\d\.\d% of the held-out samples are right$/m);
});

describe("scripts on points", () => {
  const preset: Experiment = { ...presetFor(moons, 2), epochs: 1 };

  test.each(optimizerKinds.map((optimizer, i) => ({ optimizer, schedule: scheduleKinds[i]! })))(
    "$optimizer, $schedule",
    async (choice) => {
      await expectSameLosses({ ...preset, ...choice, weightDecay: 0.01, momentum: 0.8 }, drawPoints(moons));
    },
  );

  test("a batch larger than all samples, dropout and every activation", async () => {
    const activations = (["relu", "leakyRelu", "gelu", "silu", "tanh", "sigmoid"] as const).map((kind) =>
      makeBlock(kind),
    );
    const blocks: Block[] = [
      ...activations.flatMap((activation) => [makeBlock("dense", { features: 8 }), activation]),
      makeBlock("dropout"),
      makeBlock("dense", { features: 2 }),
    ];
    await expectSameLosses({ ...preset, blocks, batchSize: 1024, epochs: 40, seed: 7 }, drawPoints(moons));
  });
});

test("a script for digits can have every kind of block", async () => {
  const blocks: Block[] = [
    makeBlock("conv", { channels: 4, kernel: 5, stride: 2, padding: 0 }),
    makeBlock("batchNorm"),
    makeBlock("relu"),
    makeBlock("maxPool"),
    makeBlock("conv1x1", { channels: 6 }),
    makeBlock("avgPool"),
    makeBlock("flatten"),
    makeBlock("dropout"),
    makeBlock("dense", { features: 10 }),
  ];
  await expectSameLosses({ ...defaultExperiment, blocks, epochs: 1, batchSize: 128 }, await theDigits());
});
