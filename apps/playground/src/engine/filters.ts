import { Conv2d, Linear } from "@pointwise/layers";
import { type Shape, sizeOf } from "@pointwise/tensor";
import { describeBlocks } from "../blocks/describe-blocks.ts";
import type { Session } from "./session.ts";

/** The weights of a convolution, or of a dense layer: for each output, a kernel [height, width] for each input. */
export interface Filters {
  /** The block's place in the model. */
  readonly block: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly height: number;
  readonly width: number;
  /** How many outputs and inputs are in `values`. */
  readonly shown: readonly [outputs: number, inputs: number];
  /** [...shown, height, width] */
  readonly values: Float32Array;
}

/** What a page can show of a layer. */
const mostOutputs = 64;
const mostInputs = 64;

export function filtersOf({ model, data, experiment }: Session): Filters[] {
  const { rows } = describeBlocks(experiment.blocks, data.inputShape, data.classes.length);
  const shapes = rows.map(({ outputShape }) => outputShape);
  return model.layers.flatMap((layer, block) => {
    if (!(layer instanceof Conv2d || layer instanceof Linear)) return [];
    const outputs = layer.weight.shape[0]!;
    const kernel =
      layer instanceof Conv2d
        ? layer.weight.shape.slice(1)
        : denseKernel(block, layer.inFeatures, data.inputShape, shapes);
    const [inputs = 1, height = 1, width = 1] = kernel;
    const shown = [Math.min(outputs, mostOutputs), Math.min(inputs, mostInputs)] as const;
    const values = new Float32Array(shown[0] * shown[1] * height * width);
    const [all, some] = [sizeOf(kernel), shown[1] * height * width];
    for (let o = 0; o < shown[0]; o++) values.set(layer.weight.data.subarray(o * all, o * all + some), o * some);
    return [{ block, outputs, inputs, height, width, shown, values }];
  });
}

/** After a Flatten of maps, the weights of a dense layer are a kernel as large as the maps. */
function denseKernel(block: number, features: number, input: Shape, shapes: readonly Shape[]): Shape {
  const maps = shapes[block - 2] ?? input;
  const flattened = block > 0 && shapes[block - 1]!.length === 1 && maps.length === 3 && sizeOf(maps) === features;
  return flattened ? maps : [features];
}
