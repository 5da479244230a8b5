import { Conv1x1, Conv2d, Dropout, GlobalAvgPool2d, MaxPool2d, type Module, ReLU, Sequential } from "@pointwise/layers";
import { type ModelSpec, pictureSize } from "./model-spec.ts";

/**
 * Network in network: each convolution is followed by a dense layer at every pixel, which is a 1×1 convolution, and the classes'
 * scores are averaged over the picture instead of a dense layer over it. Narrower than the original.
 * @see M. Lin, Q. Chen and S. Yan, "Network In Network", ICLR 2014
 */
export function nin(spec: ModelSpec): Module {
  const [channels] = pictureSize("nin", spec, 4);
  const { classes, rng } = spec;
  return new Sequential(
    new Conv2d(channels, 24, 5, { padding: 2, rng }),
    new ReLU(),
    new Conv1x1(24, 24, { rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(24, 48, 3, { padding: 1, rng }),
    new ReLU(),
    new Conv1x1(48, 48, { rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Dropout(0.2, { rng }),
    new Conv2d(48, 64, 3, { padding: 1, rng }),
    new ReLU(),
    new Conv1x1(64, classes, { rng }),
    new GlobalAvgPool2d(),
  );
}
