export { type BackwardOptions, backward, type Gradients } from "./backward.ts";
export { noGrad } from "./no-grad.ts";
export { valueAndGrad } from "./value-and-grad.ts";
