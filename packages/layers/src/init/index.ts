export { uniformByFanIn } from "./by-fan-in.ts";
export { constant } from "./constant.ts";
export { type Fans, fansOf } from "./fans.ts";
export { calculateGain, type Nonlinearity } from "./gain.ts";
export { type KaimingOptions, kaimingNormal, kaimingUniform } from "./kaiming.ts";
export { orthogonal } from "./orthogonal.ts";
export { type GainOptions, xavierNormal, xavierUniform } from "./xavier.ts";
