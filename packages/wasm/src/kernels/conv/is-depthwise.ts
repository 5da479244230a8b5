import type { ConvSpec } from "./conv-spec.ts";

/** So many maps of one channel are faster one by one than as rows of a tile. */
const mostMaps = 4;

/** Groups of one channel and few maps. */
export const isDepthwise = ({ channels, maps, groups }: ConvSpec): boolean =>
  channels === groups && maps <= mostMaps * groups;
