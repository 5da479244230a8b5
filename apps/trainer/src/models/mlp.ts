import { Flatten, Linear, type Module, ReLU, Sequential } from "@pointwise/layers";
import { sizeOf } from "@pointwise/tensor";
import type { ModelSpec } from "./model-spec.ts";

/** Dense layers only: one hidden layer of 128 for pictures, two of 64 for a few features. */
export function mlp({ inputShape, classes, rng }: ModelSpec): Module {
  const inputs = sizeOf(inputShape);
  return inputShape.length > 1
    ? new Sequential(new Flatten(), new Linear(inputs, 128, { rng }), new ReLU(), new Linear(128, classes, { rng }))
    : new Sequential(
        new Linear(inputs, 64, { rng }),
        new ReLU(),
        new Linear(64, 64, { rng }),
        new ReLU(),
        new Linear(64, classes, { rng }),
      );
}
