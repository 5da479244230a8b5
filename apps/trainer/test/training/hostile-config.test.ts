import { TensorDataset } from "@pointwise/data";
import { FormatError, tensor, UsageError, zeros } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { mostInputs, parseConfig } from "../../src/training/config.ts";
import { dataConfig } from "../../src/training/run-data.ts";

const start = {
  ...{ model: "mlp", dataset: "spiral", dataDir: null, epochs: 2, batchSize: 8, optimizer: "adam", lr: 0.01 },
  ...{ weightDecay: 0, momentum: 0, schedule: "none", clipNorm: null, augment: false, seed: 1, eager: true },
  ...{ patience: 0, data: { classes: ["a", "b"], inputShape: [2], mean: [0, 0], std: [1, 1] } },
};
const parse = (json: string) => () => parseConfig(json, "config.json");
const json = JSON.stringify(start);

test("lists within lists, deeper than the stack, are refused", () => {
  expect(parse(json)().epochs).toBe(2);
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  expect(parse(json.replace('"epochs":2', `"epochs":${deep}`))).toThrow(FormatError);
  expect(parse(json.replace('"epochs":2', `"epochs":${deep}`))).toThrow('"epochs" cannot be this list');
});

test("a shape that a model would take all memory for is refused", () => {
  for (const shape of ["[9007199254740991]", "[100000,100000,100000]", "[262145]"]) {
    expect(parse(json.replace('"inputShape":[2]', `"inputShape":${shape}`))).toThrow('"data" cannot be this object');
  }
  expect(parse(json.replace('"inputShape":[2]', '"inputShape":[262144]'))().data.inputShape).toEqual([2 ** 18]);
});

test("no run is begun that could not be resumed", () => {
  const samples = new TensorDataset(zeros([1, 1]), tensor([0], { dtype: "int32" }));
  const data = { name: "wide", train: samples, test: samples, classes: ["a"], mean: [0], std: [1], source: "" };
  expect(dataConfig({ ...data, inputShape: [mostInputs] }).inputShape).toEqual([mostInputs]);
  expect(() => dataConfig({ ...data, inputShape: [1, 512, 513] })).toThrow(UsageError);
  expect(() => dataConfig({ ...data, inputShape: [1, 512, 513] })).toThrow(/wide is \[1, 512, 513\], 262656 values/);
});
