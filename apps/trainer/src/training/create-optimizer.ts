import { Adam, AdamW, type Optimizer, RMSprop, SGD } from "@pointwise/optimizers";
import type { Tensor } from "@pointwise/tensor";

interface Options {
  readonly lr: number;
  readonly weightDecay: number;
  readonly momentum: number;
}

/** What an option is where the command line leaves it out. */
export const optimizerDefaults = {
  sgd: { lr: 0.01, weightDecay: 0, momentum: 0.9 },
  adam: { lr: 0.001, weightDecay: 0, momentum: 0 },
  adamw: { lr: 0.001, weightDecay: 0.01, momentum: 0 },
  rmsprop: { lr: 0.001, weightDecay: 0, momentum: 0 },
} satisfies Record<string, Options>;

export type OptimizerName = keyof typeof optimizerDefaults;

// The keys of the object above, which TypeScript gives as strings.
export const optimizerNames = Object.keys(optimizerDefaults) as OptimizerName[];

/** Adam has betas for it. */
export const takesMomentum = (name: OptimizerName): boolean => name === "sgd" || name === "rmsprop";

export function createOptimizer(
  name: OptimizerName,
  params: readonly Tensor[],
  options: Options,
): Pick<Optimizer, OptimizerUse> {
  const { lr, weightDecay, momentum } = options;
  switch (name) {
    case "sgd":
      return new SGD(params, { lr, weightDecay, momentum });
    case "adam":
      return new Adam(params, { lr, weightDecay });
    case "adamw":
      return new AdamW(params, { lr, weightDecay });
    case "rmsprop":
      return new RMSprop(params, { lr, weightDecay, momentum });
  }
}

type OptimizerUse = "step" | "lr" | "groups" | "stateDict" | "loadStateDict";
