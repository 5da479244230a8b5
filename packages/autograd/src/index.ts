export { type BackwardOptions, backward, type Gradients } from "./backward.ts";
export { type CheckGradientsOptions, checkGradients } from "./check-gradients.ts";
export { grad } from "./grad.ts";
export { enableGrad, noGrad } from "./no-grad.ts";
export { valueAndGrad } from "./value-and-grad.ts";
export { type GradientRule, withGradient } from "./with-gradient.ts";
