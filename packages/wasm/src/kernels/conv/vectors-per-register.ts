import type { Engine } from "../../engine/engine.ts";

/** The neighbouring vectors of four that the engine computes with one instruction: the revectorizer makes one of two. */
export const vectorsPerRegister = ({ relaxedMadd, tileColumns }: Engine): number => (relaxedMadd ? tileColumns / 8 : 1);
