import type { Operator } from "../operator.ts";
import { activations } from "./activations.ts";
import { arithmetic } from "./arithmetic.ts";
import { comparisons } from "./comparisons.ts";
import { constants } from "./constants.ts";
import { convolutions } from "./convolution.ts";
import { indexing } from "./indexing.ts";
import { normalization } from "./normalization.ts";
import { pools } from "./pools.ts";
import { reductions } from "./reductions.ts";
import { shapes } from "./shapes.ts";

let table: ReadonlyMap<string, Operator> | undefined;

/**
 * What is imported as an operator of this name. From a map, so that no name finds what every object has; made when it is needed, so that a bundle of
 * something else of this package does without.
 */
export function operatorNamed(name: string): Operator | undefined {
  table ??= new Map(
    Object.entries({
      ...arithmetic(),
      ...activations(),
      ...comparisons(),
      ...convolutions(),
      ...pools(),
      ...normalization(),
      ...shapes(),
      ...indexing(),
      ...reductions(),
      ...constants(),
    }),
  );
  return table.get(name);
}
