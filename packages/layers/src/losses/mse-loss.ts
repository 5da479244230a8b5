import { square, sub, type Tensor } from "@pointwise/tensor";
import { checkTarget } from "./check-target.ts";
import { type LossOptions, reduceLoss } from "./reduce-loss.ts";

/**
 * (input − target)².
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
 * @throws ShapeError unless both have one shape.
 */
export function mseLoss(input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkTarget("mseLoss", input, target);
  return reduceLoss(square(sub(input, target)), reduction);
}
