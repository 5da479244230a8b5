import { noGrad } from "@pointwise/autograd";
import { fromData, sizeOf, type Tensor, UsageError } from "@pointwise/tensor";
import { placesOf, type Region } from "./plane.ts";
import { type Samples, samplesOf } from "./preview.ts";
import { probabilitiesOf } from "./probabilities.ts";
import { inEvaluation, type Session } from "./session.ts";

/** What a layer gives: maps [channels, height, width], of which `values` has the first ones. Of a vector, height and width are 1. */
export interface LayerMaps {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

export interface Look {
  /** Of each class. */
  readonly probabilities: Float32Array;
  /** Of each block. */
  readonly layers: readonly LayerMaps[];
}

/** What a page can show of a layer: so many maps, or so many values of a vector. */
const mostMaps = 64;
const mostValues = 1024;

/** Held-out samples by their numbers, as they were before they were normalised. */
export function heldOutSamples({ data }: Session, numbers: Int32Array): Samples {
  const wrong = numbers.find((n) => n < 0 || n >= data.test.length);
  if (wrong !== undefined) {
    throw new UsageError(`There is no held-out sample ${wrong}: there are ${data.test.length}, counted from 0.`);
  }
  return samplesOf(data.test, numbers, data);
}

/** @param values [...inputShape], before they are normalised */
export function look(session: Session, values: Float32Array): Look {
  const { inputShape, mean, std, classes } = session.data;
  if (values.length !== sizeOf(inputShape)) {
    throw new UsageError(`A sample has ${sizeOf(inputShape)} values, but these are ${values.length}.`);
  }
  const perChannel = values.length / mean.length;
  const x = values.map((value, i) => {
    const channel = Math.floor(i / perChannel);
    return (value - mean[channel]!) / std[channel]!;
  });
  const outputs = throughLayers(session, fromData(x, [1, ...inputShape], "float32"));
  return {
    probabilities: probabilitiesOf(outputs.at(-1)!.data, classes.length),
    layers: outputs.map(({ shape, data }) => {
      const [channels = 1, height = 1, width = 1] = shape.slice(1);
      const most = height * width === 1 ? mostValues : mostMaps;
      const values = Float32Array.from(data.subarray(0, Math.min(channels, most) * height * width));
      return { channels, height, width, values };
    }),
  };
}

/** What each feature of each layer is at n·n places of the plane: a map of each, rows from the top. Only for samples with two features. */
export function lookAtPlane(session: Session, region: Region, n: number): LayerMaps[] {
  return throughLayers(session, placesOf(session.data, region, n)).map(({ shape, data }) => {
    const channels = shape[1]!; // points become vectors, by every layer that takes them
    const shown = Math.min(channels, mostMaps);
    const values = new Float32Array(shown * n * n);
    for (let c = 0; c < shown; c++) for (let i = 0; i < n * n; i++) values[c * n * n + i] = data[i * channels + c]!;
    return { channels, height: n, width: n, values };
  });
}

/** The output of each layer, in evaluation mode. */
function throughLayers({ model }: Session, x: Tensor): Tensor[] {
  const outputs: Tensor[] = [];
  inEvaluation(model, () =>
    noGrad(() => {
      for (const layer of model.layers) outputs.push(layer.forward(outputs.at(-1) ?? x));
    }),
  );
  return outputs;
}
