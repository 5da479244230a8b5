import { abs, sub, type Tensor } from "@pointwise/tensor";
import { checkTarget } from "./check-target.ts";
import { type LossOptions, reduceLoss } from "./reduce-loss.ts";

/**
 * |input − target|.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html
 * @throws ShapeError unless both have one shape.
 */
export function l1Loss(input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkTarget("l1Loss", input, target);
  return reduceLoss(abs(sub(input, target)), reduction);
}
