import { silu, type Tensor } from "@pointwise/tensor";
import { Pointwise } from "../pointwise.ts";

/** x · sigmoid(x), also called swish. @see https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html */
export class SiLU extends Pointwise {
  protected override activate(x: Tensor): Tensor {
    return silu(x);
  }
}
