import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { flip } from "./flip.ts";
import { mul } from "./mul.ts";
import { narrow } from "./narrow.ts";
import { pad } from "./pad.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";

/**
 * For each value, the product of the others along `dims`: those before times those after. Without a division, so that zeros
 * are values like others, for derivatives of any order.
 */
export function productOfOthers(x: Tensor, dims: readonly number[]): Tensor {
  const order = [...x.shape.keys()].filter((d) => !dims.includes(d)).concat(dims);
  const moved = permute(x, order);
  const lines = reshape(moved, [...moved.shape.slice(0, x.rank - dims.length), sizeOf(dims.map((d) => x.shape[d]!))]);
  const products = mul(productsBefore(lines), flip(productsBefore(flip(lines, -1)), -1));
  const back = [...order.keys()].map((d) => order.indexOf(d));
  return permute(reshape(products, moved.shape), back);
}

/** For each value, the product of those before it along the last dimension: a scan that doubles its reach in each step. */
function productsBefore(x: Tensor): Tensor {
  let products = shift(x, 1);
  for (let reach = 1; reach < x.shape.at(-1)!; reach *= 2) products = mul(products, shift(products, reach));
  return products;
}

/** The last dimension moved on by `by` places, with ones coming in. */
function shift(x: Tensor, by: number): Tensor {
  const widths = x.shape.map((_, d) => [d === x.rank - 1 ? by : 0, 0] as const);
  return narrow(pad(x, widths, 1), -1, 0, x.shape.at(-1)!);
}
