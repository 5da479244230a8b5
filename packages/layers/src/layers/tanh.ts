import { type Tensor, tanh } from "@pointwise/tensor";
import { Pointwise } from "../pointwise.ts";

/** The hyperbolic tangent. @see https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html */
export class Tanh extends Pointwise {
  protected override activate(x: Tensor): Tensor {
    return tanh(x);
  }
}
