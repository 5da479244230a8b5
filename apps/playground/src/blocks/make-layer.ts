import {
  AvgPool2d,
  BatchNorm2d,
  Conv1x1,
  Conv2d,
  Dropout,
  Flatten,
  GELU,
  GlobalAvgPool2d,
  LeakyReLU,
  Linear,
  MaxPool2d,
  type Module,
  ReLU,
  Sigmoid,
  SiLU,
  Tanh,
} from "@pointwise/layers";
import { type Rng, type Shape, sizeOf, UsageError } from "@pointwise/tensor";
import type { Block } from "./block.ts";

/** What a page can train: four million weights with Adam's state and gradients take 64 MB, and a step seconds. */
const mostWeights = 2 ** 22;

/**
 * The layer of a block whose input has the shape `input`, without the batch. A dense layer is made for all values of its input:
 * given a map, it then says itself that a Flatten is missing.
 * @throws UsageError for numbers that do not fit together, or too many weights.
 */
export function makeLayer(block: Block, input: Shape, rng: Rng): Module {
  const inChannels = input[0] ?? 1;
  switch (block.kind) {
    case "conv": {
      const { channels, kernel, stride, padding } = block;
      checkWeights(inChannels * kernel ** 2 * channels);
      return new Conv2d(inChannels, channels, kernel, { stride, padding, rng });
    }
    case "conv1x1":
      checkWeights(inChannels * block.channels);
      return new Conv1x1(inChannels, block.channels, { rng });
    case "dense":
      checkWeights(sizeOf(input) * block.features);
      return new Linear(sizeOf(input), block.features, { rng });
    case "maxPool":
      return new MaxPool2d(block.window);
    case "avgPool":
      return new AvgPool2d(block.window);
    case "globalAvgPool":
      return new GlobalAvgPool2d();
    case "batchNorm":
      return new BatchNorm2d(inChannels);
    case "flatten":
      return new Flatten();
    case "dropout":
      return new Dropout(block.p, { rng });
    default:
      return new activations[block.kind]();
  }
}

const activations = { relu: ReLU, leakyRelu: LeakyReLU, gelu: GELU, silu: SiLU, tanh: Tanh, sigmoid: Sigmoid };

function checkWeights(count: number): void {
  if (count <= mostWeights) return;
  const [n, most] = [count, mostWeights].map((x) => x.toLocaleString("en-US"));
  throw new UsageError(
    `This block would have ${n} weights, more than the ${most} that a page can train. Give it fewer outputs, or put a pool before it.`,
  );
}
