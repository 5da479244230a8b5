import { relu, type Tensor } from "@pointwise/tensor";
import { Pointwise } from "../pointwise.ts";

/** max(x, 0). @see https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html */
export class ReLU extends Pointwise {
  protected override activate(x: Tensor): Tensor {
    return relu(x);
  }
}
