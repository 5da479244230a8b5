import { type Block, mergeDims } from "../merge-dims.ts";
import type { IndexCheck } from "./check-index.ts";

/** Values of x at the places of `index`, but along `dim` where its entries say. */
export interface GatherSpec {
  /** Of x. */
  readonly shape: readonly number[];
  /** Of the indices: as many dimensions, none larger but `dim`. */
  readonly indexShape: readonly number[];
  readonly dim: number;
  /** What `refuseIndex` is told. */
  readonly checkId: number;
}

export interface GatherPlan {
  readonly check: IndexCheck;
  /** How many indices there are. */
  readonly count: number;
  /** The indices, and how far each dimension moves in x, in values; not at all along `dim`. */
  readonly block: Block;
  /** How far an index of 1 moves in x, in values. */
  readonly stride: number;
}

const product = (sizes: readonly number[]): number => sizes.reduce((size, d) => size * d, 1);

export function planGather({ shape, indexShape, dim, checkId }: GatherSpec): GatherPlan {
  const strides = shape.map((_, i) => product(shape.slice(i + 1)));
  return {
    check: { id: checkId, size: shape[dim]! },
    count: product(indexShape),
    block: mergeDims({
      sizes: indexShape,
      strides: [strides.with(dim, 0), indexShape.map((_, i) => product(indexShape.slice(i + 1)))],
    }),
    stride: strides[dim]!,
  };
}
