import { noGrad } from "@pointwise/autograd";
import { fromData } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { makeBlock } from "../../src/blocks/block.ts";
import { drawPoints } from "../../src/engine/datasets/points.ts";
import { filtersOf } from "../../src/engine/filters.ts";
import { GradientWatch } from "../../src/engine/gradients.ts";
import { confusionOf, judge, scoreOf, worstMistakes } from "../../src/engine/judge.ts";
import { heldOutSamples, look, lookAtPlane } from "../../src/engine/look.ts";
import { classifyPlane } from "../../src/engine/plane.ts";
import { Session } from "../../src/engine/session.ts";
import type { Experiment } from "../../src/experiment/experiment.ts";
import { defaultExperiment, presetFor } from "../../src/experiment/presets.ts";
import { theDigits } from "./data.ts";
import { advance, finish } from "./drive.ts";

const moons = { kind: "moons", noise: 0.15 } as const;
const onMoons = (changes: Partial<Experiment> = {}) =>
  new Session({ ...presetFor(moons, 2), epochs: 3, ...changes }, drawPoints(moons));

describe("a convolutional net on digits", () => {
  test("what is judged is what the training scores", async () => {
    const session = new Session(defaultExperiment, await theDigits());
    const { score } = advance(session, 50);
    const judgement = finish(judge(session));
    const own = scoreOf(judgement);
    expect(own.accuracy).toBe(score!.accuracy);
    expect(own.loss).toBeCloseTo(score!.loss, 5);

    const confusion = confusionOf(judgement, 10);
    expect(confusion.flat().reduce((a, b) => a + b)).toBe(1000);
    expect(confusion.reduce((sum, row, i) => sum + row[i]!, 0)).toBe(1000 * own.accuracy);
    const worst = worstMistakes(judgement, 12);
    expect(worst).toHaveLength(12);
    const losses = worst.map((i) => judgement.losses[i]!);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    for (const i of worst) expect(judgement.said[i]).not.toBe(judgement.labels[i]);
  });

  test("a sample goes through layer by layer, to the probabilities that the model gives", async () => {
    const data = await theDigits();
    const session = new Session(defaultExperiment, data);
    advance(session, 10);
    const { values, labels } = heldOutSamples(session, Int32Array.of(7, 0));
    const [x, y] = data.test.batch([7, 0]);
    expect([...labels]).toEqual([...y.data]);
    const first = values.slice(0, 784);
    expect(first.every((v) => v > -1e-6 && v < 1 + 1e-6)).toBe(true); // normalised and back

    const { layers, probabilities } = look(session, first);
    expect(layers.map(({ channels, height, width }) => [channels, height, width])).toEqual([
      [8, 28, 28],
      [8, 28, 28],
      [8, 14, 14],
      [16, 14, 14],
      [16, 14, 14],
      [16, 7, 7],
      [16, 7, 7],
      [16, 7, 7],
      [784, 1, 1],
      [10, 1, 1],
    ]);
    const logits = session.logitsOf(x).data.slice(0, 10);
    for (const [i, value] of layers.at(-1)!.values.entries()) expect(value).toBeCloseTo(logits[i]!, 3);
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(layers[1]!.values.every((v) => v >= 0)).toBe(true);
    expect(layers[1]!.values).toEqual(layers[0]!.values.map((v) => Math.max(0, v)));
    // Copies: the model's memory must not go to the page.
    for (const layer of layers) expect(layer.values.byteLength).toBe(layer.values.buffer.byteLength);
  });

  test("filters are the weights, and those of a dense layer after a flatten are as large as its maps", async () => {
    const session = new Session(defaultExperiment, await theDigits());
    const filters = filtersOf(session);
    expect(filters.map(({ block, outputs, inputs, height, width }) => [block, outputs, inputs, height, width])).toEqual(
      [
        [0, 8, 1, 3, 3],
        [3, 16, 8, 3, 3],
        [6, 16, 16, 1, 1],
        [9, 10, 16, 7, 7],
      ],
    );
    const weights = session.model.namedParameters();
    for (const { block, values } of filters) expect([...values]).toEqual([...weights.get(`${block}.weight`)!.data]);
  });

  test("of a wide layer, the first maps and weights are given", async () => {
    const blocks = [
      makeBlock("conv", { channels: 100 }),
      makeBlock("conv1x1", { channels: 70 }),
      makeBlock("globalAvgPool"),
      makeBlock("dense", { features: 10 }),
    ];
    const session = new Session({ ...defaultExperiment, blocks }, await theDigits());
    const [conv, mixing] = filtersOf(session);
    expect(conv).toMatchObject({ outputs: 100, shown: [64, 1] });
    expect(mixing).toMatchObject({ outputs: 70, inputs: 100, shown: [64, 64] });
    const weight = session.model.namedParameters().get("1.weight")!;
    expect(mixing!.values[64 * 3 + 5]).toBe(weight.data[100 * 3 + 5]);
    const { layers } = look(session, heldOutSamples(session, Int32Array.of(0)).values);
    expect(layers[0]).toMatchObject({ channels: 100 });
    expect(layers[0]!.values).toHaveLength(64 * 784);
  });

  test("a sample that cannot be is refused", async () => {
    const session = new Session(defaultExperiment, await theDigits());
    expect(() => heldOutSamples(session, Int32Array.of(3, 1000))).toThrow("no held-out sample 1000: there are 1000");
    expect(() => look(session, new Float32Array(3))).toThrow("784 values, but these are 3");
  });
});

test("of points, each neuron is a map over the plane", () => {
  const session = onMoons();
  advance(session, 40);
  const region = { left: -1, bottom: -1, side: 3 };
  const layers = lookAtPlane(session, region, 8);
  expect(layers.map(({ channels }) => channels)).toEqual([32, 32, 32, 32, 2]);
  const { classes } = classifyPlane(session, region, 8);
  const scores = layers.at(-1)!.values;
  for (const [i, said] of classes.entries()) expect(Number(scores[64 + i]! > scores[i]!)).toBe(said);
});

describe("gradients", () => {
  test("they are those of the step's loss, by differences of the loss", () => {
    const session = onMoons({ blocks: [makeBlock("dense", { features: 2 })] });
    const watch = new GradientWatch(session);
    expect(watch.look()).toBeUndefined();
    advance(session, 3);
    const { step, norms } = watch.look()!;
    expect(step).toBe(3);
    expect(norms.map(({ block }) => block)).toEqual([0]);

    const { x, y } = session.lastBatch!;
    const lossNow = () =>
      noGrad(() => {
        const scores = session.model.forward(x).data;
        let loss = 0;
        for (let i = 0; i < y.size; i++) {
          const [a, b] = [scores[2 * i]!, scores[2 * i + 1]!];
          loss += Math.log(Math.exp(a) + Math.exp(b)) - (y.data[i] === 0 ? a : b);
        }
        return loss / y.size;
      });
    let squares = 0;
    for (const p of session.model.parameters()) {
      for (let i = 0; i < p.size; i++) {
        const before = p.data[i]!;
        p.data[i] = before + 0.01;
        const up = lossNow();
        p.data[i] = before - 0.01;
        squares += ((up - lossNow()) / 0.02) ** 2;
        p.data[i] = before;
      }
    }
    expect(norms[0]!.norm).toBeCloseTo(Math.sqrt(squares), 3);
  });

  test("looking inside changes nothing of a training, to the last bit", async () => {
    const blocks = [
      makeBlock("conv", { channels: 4 }),
      makeBlock("batchNorm"),
      makeBlock("relu"),
      makeBlock("maxPool", { window: 4 }),
      makeBlock("flatten"),
      makeBlock("dropout", { p: 0.3 }),
      makeBlock("dense", { features: 10 }),
    ];
    const data = await theDigits();
    const experiment = { ...defaultExperiment, blocks };
    const alone = advance(new Session(experiment, data), 60);

    const session = new Session(experiment, data);
    const watch = new GradientWatch(session);
    const losses: number[] = [];
    const sample = heldOutSamples(session, Int32Array.of(1)).values;
    for (let i = 0; i < 60; i++) {
      losses.push(...advance(session, 1).losses);
      if (i % 7 !== 0) continue;
      expect(watch.look()!.norms.map(({ block }) => block)).toEqual([0, 1, 6]);
      look(session, sample);
      filtersOf(session);
      if (i % 21 === 0) finish(judge(session));
    }
    expect(losses).toEqual(alone.losses);
    const norms = watch.look()!.norms.map(({ norm }) => norm);
    expect(norms.every((norm) => norm > 0 && Number.isFinite(norm))).toBe(true);
  });
});

test("values that are not normalised are normalised as the training's are", () => {
  const data = { ...drawPoints(moons), mean: [3, -1], std: [2, 0.5] };
  const session = new Session({ ...presetFor(moons, 2), epochs: 3 }, data);
  const { probabilities } = look(session, Float32Array.of(5, 0));
  const logits = session.logitsOf(fromData(Float32Array.of(1, 2), [1, 2], "float32")).data;
  expect(probabilities[1]! / probabilities[0]!).toBeCloseTo(Math.exp(logits[1]! - logits[0]!), 4);
});
