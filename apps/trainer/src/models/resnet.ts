import {
  BatchNorm2d,
  Conv1x1,
  Conv2d,
  GlobalAvgPool2d,
  Linear,
  MaxPool2d,
  type Module,
  ReLU,
  Residual,
  Sequential,
} from "@pointwise/layers";
import type { Rng } from "@pointwise/tensor";
import { type ModelSpec, pictureSize } from "./model-spec.ts";

/**
 * Two residual blocks with batch normalisation, at full and at half size.
 * @see K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016
 */
export function resnet(spec: ModelSpec): Module {
  const [channels] = pictureSize("resnet", spec, 2);
  const { classes, rng } = spec;
  return new Sequential(
    new Conv2d(channels, 16, 3, { padding: 1, bias: false, rng }),
    new BatchNorm2d(16),
    new ReLU(),
    block(16, rng),
    new ReLU(),
    new MaxPool2d(2),
    new Conv1x1(16, 32, { rng }),
    block(32, rng),
    new ReLU(),
    new GlobalAvgPool2d(),
    new Linear(32, classes, { rng }),
  );
}

/** x + f(x), with two 3×3 convolutions in f. A bias before batch normalisation would be subtracted again. */
function block(channels: number, rng: Rng): Module {
  return new Residual(
    new Sequential(
      new Conv2d(channels, channels, 3, { padding: 1, bias: false, rng }),
      new BatchNorm2d(channels),
      new ReLU(),
      new Conv2d(channels, channels, 3, { padding: 1, bias: false, rng }),
      new BatchNorm2d(channels),
    ),
  );
}
