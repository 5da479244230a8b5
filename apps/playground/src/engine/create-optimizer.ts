import { Adam, AdamW, type Optimizer, RMSprop, SGD } from "@pointwise/optimizers";
import type { Tensor } from "@pointwise/tensor";
import type { Experiment } from "../experiment/experiment.ts";

export function createOptimizer(experiment: Experiment, params: readonly Tensor[]): Pick<Optimizer, "step" | "groups"> {
  const { lr, momentum, weightDecay } = experiment;
  switch (experiment.optimizer) {
    case "sgd":
      return new SGD(params, { lr, momentum, weightDecay });
    case "adam":
      return new Adam(params, { lr, weightDecay });
    case "adamw":
      return new AdamW(params, { lr, weightDecay });
    case "rmsprop":
      return new RMSprop(params, { lr, momentum, weightDecay });
  }
}
