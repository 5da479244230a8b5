import { Conv1x1, Conv2d, GlobalAvgPool2d, MaxPool2d, type Module, ReLU, Sequential } from "@pointwise/layers";
import { type ModelSpec, pictureSize } from "./model-spec.ts";

/** One 3×3 convolution; from there on 1×1 convolutions, the last of which gives a score a class at every pixel. */
export function conv1x1(spec: ModelSpec): Module {
  const [channels] = pictureSize("conv1x1", spec, 2);
  const { classes, rng } = spec;
  return new Sequential(
    new Conv2d(channels, 32, 3, { padding: 1, rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv1x1(32, 64, { rng }),
    new ReLU(),
    new Conv1x1(64, classes, { rng }),
    new GlobalAvgPool2d(),
  );
}
