import type { Engine } from "../../engine/engine.ts";

/** Whether the compiler leaves loads and arithmetic in the order in which they are written: V8 of Node 20 loads all that a loop's turn needs before it computes, which takes registers. */
export const keepsOrder = ({ relaxedMadd, bareTiles }: Engine): boolean => relaxedMadd && !bareTiles;
