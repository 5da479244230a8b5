import { Conv2d, Flatten, Linear, MaxPool2d, type Module, ReLU, Sequential } from "@pointwise/layers";
import { type ModelSpec, pictureSize } from "./model-spec.ts";

/**
 * Two convolutions, each followed by a pool, and a dense layer over the flattened map.
 * @see Y. LeCun et al., "Gradient-based learning applied to document recognition", Proceedings of the IEEE, 1998
 */
export function lenet(spec: ModelSpec): Module {
  const [channels, height, width] = pictureSize("lenet", spec, 4);
  const { classes, rng } = spec;
  const features = 32 * Math.floor(height / 4) * Math.floor(width / 4);
  return new Sequential(
    new Conv2d(channels, 16, 5, { padding: 2, rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(16, 32, 3, { padding: 1, rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(features, classes, { rng }),
  );
}
