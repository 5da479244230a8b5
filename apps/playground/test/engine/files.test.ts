import { DataLoader } from "@pointwise/data";
import { decodeNpz, encodeSafetensors } from "@pointwise/formats";
import { fromData, Rng } from "@pointwise/tensor";
import { env, InferenceSession, Tensor as OrtTensor } from "onnxruntime-web";
import { describe, expect, test } from "vitest";
import { makeBlock } from "../../src/blocks/block.ts";
import { drawPoints } from "../../src/engine/datasets/points.ts";
import { readTable } from "../../src/engine/datasets/table.ts";
import { onnxFile } from "../../src/engine/files/onnx-file.ts";
import { samplesFile } from "../../src/engine/files/samples-file.ts";
import { readWeights, weightsFile } from "../../src/engine/files/weights-file.ts";
import { judge } from "../../src/engine/judge.ts";
import { Session } from "../../src/engine/session.ts";
import { toHash } from "../../src/experiment/permalink.ts";
import { defaultExperiment, presetFor } from "../../src/experiment/presets.ts";
import { theDigits } from "./data.ts";
import { advance, finish } from "./drive.ts";

env.wasm.numThreads = 1;
const moons = { kind: "moons", noise: 0.15 } as const;
const withNorm = [
  makeBlock("conv", { channels: 6, stride: 2 }),
  makeBlock("batchNorm"),
  makeBlock("relu"),
  makeBlock("dropout"),
  makeBlock("conv1x1", { channels: 10 }),
  makeBlock("globalAvgPool"),
];

async function trained(steps: number, changes: Partial<typeof defaultExperiment> = {}): Promise<Session> {
  const session = new Session({ ...defaultExperiment, ...changes }, await theDigits());
  advance(session, steps);
  return session;
}

describe("ONNX", () => {
  test.each([
    ["the preset", {}],
    ["batch norm, dropout and global pool", { blocks: withNorm }],
  ])("%s: ONNX Runtime says the same of every held-out digit, in batches of any size", async (_, changes) => {
    const session = await trained(40, changes);
    const runtime = await InferenceSession.create(onnxFile(session), { logSeverityLevel: 3 });
    const { said } = finish(judge(session));
    const found: number[] = [];
    for (const [x] of new DataLoader(session.data.test, { batchSize: 300 })) {
      const input = new OrtTensor("float32", Float32Array.from(x.data), x.shape);
      const { output } = await runtime.run({ input });
      const own = session.logitsOf(x).data;
      const scores = Array.from(output!.data, Number);
      for (const [i, score] of scores.entries())
        expect(Math.abs(score - own[i]!)).toBeLessThan(1e-3 * (1 + Math.abs(score)));
      for (let i = 0; i < scores.length; i += 10) {
        const row = scores.slice(i, i + 10);
        found.push(row.indexOf(Math.max(...row)));
      }
    }
    expect(found).toEqual([...said]);
    expect(session.model.training).toBe(true);
  });

  test("the file says what its input must be, and how it was normalised", async () => {
    const session = await trained(2);
    const text = new TextDecoder().decode(onnxFile(session)); // protobuf has texts as they are
    const { mean, std } = session.data;
    expect(text).toContain("input: float32 [batch, 1, 28, 28]: pictures as [batch, channels, height, width]");
    const [, m, s] = /with mean \[(\S+)\] and std \[(\S+)\]/.exec(text)!;
    expect(Math.fround(Number(m))).toBe(Math.fround(mean[0]!));
    expect(Math.fround(Number(s))).toBe(Math.fround(std[0]!));
    expect(text).toContain("classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
    expect(text).toContain(toHash(session.experiment));
    expect(text).toContain("after 2 of 420 steps");
  });
});

describe("weights", () => {
  test("saved and loaded they give the same score, and a training that begins with them", async () => {
    const session = await trained(30, { blocks: withNorm });
    const file = weightsFile(session);
    const again = new Session(session.experiment, session.data, readWeights("model.safetensors", file));
    expect(finish(judge(again))).toEqual(finish(judge(session)));
    expect(again.weightsFile).toBe("model.safetensors");
    expect([...again.model.stateDict().keys()]).toContain("1.running_mean");
    const [first] = advance(again, 1).losses;
    expect(first).not.toBe(advance(new Session(session.experiment, session.data), 1).losses[0]);
  });

  test("of another model: what does not fit is listed, with the experiment that it was saved from", async () => {
    const session = await trained(1);
    const other = { ...session.experiment, blocks: withNorm };
    const open = () => new Session(other, session.data, readWeights("mine.safetensors", weightsFile(session)));
    expect(open).toThrow(/^mine\.safetensors does not fit the model, which is left as it was\./);
    expect(open).toThrow("the model's, but not in the file: 1.weight, 1.bias, 1.running_mean");
    expect(open).toThrow("in the file, but not the model's: 3.bias, 3.weight, 6.bias");
    expect(open).toThrow("0.weight is [8, 1, 3, 3], but [6, 1, 3, 3] in the model");
    expect(open).toThrow(`It was saved from the experiment #${toHash(session.experiment)}`);
  });

  test("of another program: names that the model has not", () => {
    const tensors = new Map([["classifier.weight", fromData(new Float32Array(4), [2, 2], "float32")]]);
    const weights = readWeights("torch.safetensors", encodeSafetensors({ tensors }));
    const open = () => new Session(presetFor(moons, 2), drawPoints(moons), weights);
    expect(open).toThrow("in the file, but not the model's: classifier.weight\n");
    expect(open).toThrow("Build the model that it was saved from");
  });

  test("a file that is cut off, and one that is none, are explained", async () => {
    const file = weightsFile(await trained(1));
    expect(() => readWeights("cut.safetensors", file.subarray(0, file.length - 100))).toThrow(
      /Cannot read cut\.safetensors as safetensors: .*cut off/,
    );
    expect(() => readWeights("cut.safetensors", file.subarray(0, 5))).toThrow(
      /Cannot read cut\.safetensors as safetensors/,
    );
    const picture = new Rng(1).uniform([64]).data;
    expect(() => readWeights("cat.png", new Uint8Array(picture.slice().buffer))).toThrow(
      /Cannot read cat\.png as safetensors/,
    );
  });
});

test("a visitor's samples are in the file that the script reads", () => {
  const lines = Array.from({ length: 40 }, (_, i) => `${i},${i * i},${i % 2 === 0 ? "even" : "odd"}`);
  const data = readTable({ name: "mine.csv", text: `a,b,class\n${lines.join("\n")}\n` });
  const arrays = decodeNpz(samplesFile(data), "samples.npz");
  const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);
  const [x, y] = data.test.batch(numbers(8));
  expect(arrays.get("testInputs")).toEqual(x);
  expect([...arrays.get("testTargets")!.data]).toEqual([...y.data]);
  expect(arrays.get("testTargets")!.dtype).toBe("int32");
  expect(arrays.get("trainInputs")!.shape).toEqual([32, 2]);
});
