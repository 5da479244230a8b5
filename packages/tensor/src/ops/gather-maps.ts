import type { Tensor } from "../tensor.ts";
import { flatten } from "./flatten.ts";
import { gather } from "./gather.ts";
import { reshape } from "./reshape.ts";

/** From each map of x [N, C, H, W] the entries that `indices`, int32 [N, C, H', W'], count within it. */
export function gatherMaps(x: Tensor, indices: Tensor): Tensor {
  return reshape(gather(flatten(x, 2), 2, flatten(indices, 2)), indices.shape);
}
