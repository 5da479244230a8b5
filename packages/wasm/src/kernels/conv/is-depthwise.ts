import type { Engine } from "../../engine/engine.ts";
import type { ConvSpec } from "./conv-spec.ts";
import { keepsOrder } from "./keeps-order.ts";

/** So many maps of one channel are faster one by one than as rows of a tile. */
export const mostMapsOfChannel = (engine: Engine): number => (keepsOrder(engine) ? 4 : 2);

/** Groups of one channel and few maps. */
export const isDepthwise = ({ channels, maps, groups }: ConvSpec, mostMaps: number): boolean =>
  channels === groups && maps <= mostMaps * groups;
