import { compile } from "@pointwise/compiler";
import { describe, expect, it } from "vitest";
import { kernelMaps } from "../src/lab/kernel-maps.ts";
import { mixingMatrix } from "../src/lab/mixing-matrix.ts";
import { accuracyOf, confusionMatrix, type Score, worstMistakes } from "../src/lab/scores.ts";
import { createTwinModels, drawnLayer, layerCosts, totalOf } from "../src/lab/twin-models.ts";
import { trainTwins } from "../src/lab/twins.ts";
import { eagerly } from "../src/training/executor.ts";
import { syntheticDigits } from "./lab-result.ts";

const digits = syntheticDigits(320);
const data = { train: digits, test: digits.split(40)[0] };
const options = { seed: 0, epochs: 1, execute: compile };

describe("the twins", () => {
  it("begin with the same body, and differ in their heads", () => {
    const { dense, pointwise } = createTwinModels(3);
    const [a, b] = [dense.stateDict(), pointwise.stateDict()];
    const shared = [...a.keys()].filter((name) => b.has(name));
    expect(shared).toEqual(["0.weight", "0.bias", "3.weight", "3.bias", "5.weight", "5.bias"]);
    for (const name of shared) expect(b.get(name)!.toArray()).toEqual(a.get(name)!.toArray());
  });

  it("cost what the formulas say", () => {
    const { dense, pointwise } = createTwinModels(0);
    const heads = [dense, pointwise].map((model) => layerCosts(model).filter(({ part }) => part === "head"));
    expect(heads).toMatchObject([
      [{ formula: "(32·4·4)·10 + 10", parameters: 5130, macs: 5120 }],
      [{ formula: "1·1·32·10 + 10", parameters: 330, macs: 5120 }],
    ]);
    expect(totalOf(layerCosts(dense), "parameters")).toBe(208 + 3216 + 12_832 + 5130);
    expect(totalOf(layerCosts(pointwise), "parameters", "body")).toBe(208 + 3216 + 12_832);
  });

  it("train on the same batches, give the same numbers with the same seed, and leave their mark", async () => {
    const [first, second] = await Promise.all([1, 2].map(() => trainTwins(data, options, { signal: undefined })));
    for (const twin of first!.results) {
      expect(twin.losses).toHaveLength(5);
      expect(twin.losses[0]).toBeCloseTo(Math.log(10), 0);
      expect(twin.checks.map(({ epoch }) => epoch)).toEqual([0.6, 1]);
      expect(twin.confusion.flat().reduce((a, b) => a + b)).toBe(40);
    }
    const numbers = (trained: typeof first) => trained!.results.map(({ seconds: _, ...rest }) => rest);
    expect(numbers(second)).toEqual(numbers(first));
  });

  it("learn the same op by op", async () => {
    const [compiled, eager] = await Promise.all(
      [compile, eagerly].map((execute) => trainTwins(data, { ...options, execute }, { signal: undefined })),
    );
    eager!.results.forEach(({ losses, accuracies }, i) => {
      expect(compiled!.results[i]!.losses).toEqual(losses.map((loss) => expect.closeTo(loss, 3)));
      expect(compiled!.results[i]!.accuracies).toEqual(accuracies);
    });
  });

  it("stop where the user interrupts", async () => {
    expect(await trainTwins(data, options, { signal: "SIGINT" })).toBeUndefined();
  });
});

describe("scores", () => {
  const score = (truth: number, predicted: number, loss: number): Score => ({ truth, predicted, loss, probability: 1 });
  const scores = [score(0, 0, 0.1), score(1, 0, 2), score(1, 1, 0.2), score(2, 1, 5)];

  it("are counted", () => {
    expect(accuracyOf(scores)).toBe(0.5);
    expect(confusionMatrix(scores, 3)).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 1, 0],
    ]);
  });

  it("show the worst mistakes first, with their pictures", () => {
    const mistakes = worstMistakes(scores, digits, 5);
    expect(mistakes.map(({ loss }) => loss)).toEqual([5, 2]);
    expect(mistakes[0]!.picture.values).toEqual([...digits.batch([3])[0].data]);
    expect(worstMistakes(scores, digits, 1)).toHaveLength(1);
  });
});

describe("a kernel, taken apart", () => {
  const { dense, pointwise } = createTwinModels(0);
  const [picture] = digits.batch([0]);

  it("has a map for each input channel, which add up to what the layer gives", () => {
    const maps = kernelMaps(dense, drawnLayer, picture, 0);
    expect(maps.channels).toHaveLength(8);
    expect(maps.channels[0]).toMatchObject({
      input: { height: 12, width: 12 },
      slice: { height: 5, width: 5 },
      map: { height: 8, width: 8 },
    });
    const [first] = maps.sum.values;
    const parts = maps.channels.reduce((sum, { map }) => sum + map.values[0]!, maps.bias);
    expect(first).toBeCloseTo(parts, 5);
    expect(maps.largestDifference).toBeLessThanOrEqual(1e-6);
  });

  it("is refused for a layer that has none", () => {
    expect(() => kernelMaps(dense, 1, picture, 0)).toThrow("Layer 1 is no Conv2d");
    expect(() => mixingMatrix(dense)).toThrow("no Conv1x1");
  });

  it("of a 1×1 convolution is a row of its mixing matrix", () => {
    const { layer, weights } = mixingMatrix(pointwise);
    expect(layer).toBe("Conv1x1(32, 10)");
    expect(weights).toMatchObject({ height: 10, width: 32 });
    expect(weights.values).toEqual([...pointwise.layers[7].weight.data]);
  });
});
