import type { Module } from "@pointwise/layers";
import { Rng, type Shape } from "@pointwise/tensor";
import { layerRows } from "../../../../packages/layers/test/layer-rows.ts";
import { createTwinModels, digitShape } from "../../src/lab/twin-models.ts";
import { createModel, type ModelName } from "../../src/models/index.ts";

/** Not the seed of any weights that are compared. */
const rng = new Rng(4);

interface ModelRow {
  readonly make: () => Module;
  /** Of a sample. */
  readonly shape: Shape;
}

const row = (name: ModelName, inputShape: Shape): ModelRow => ({
  make: () => createModel(name, { inputShape, classes: 10, rng }),
  shape: inputShape,
});

/** By the names that verify-interop.py gives them. */
export const modelRows: Readonly<Record<string, ModelRow>> = {
  mlp: row("mlp", digitShape),
  "mlp, features": row("mlp", [4]),
  lenet: row("lenet", digitShape),
  nin: row("nin", digitShape),
  conv1x1: row("conv1x1", digitShape),
  resnet: row("resnet", [3, 32, 32]),
  "twin, dense head": { make: () => createTwinModels(4).dense, shape: digitShape },
  "twin, 1×1 head": { make: () => createTwinModels(4).pointwise, shape: digitShape },
};

/** All that is compared, by the folder that its files are in. */
export const structures: ReadonlyMap<string, () => Module> = new Map([
  ...Object.entries(layerRows).map(([name, make]) => [`layers/${name}`, make] as const),
  ...Object.entries(modelRows).map(([name, { make }]) => [`models/${name}`, make] as const),
]);
