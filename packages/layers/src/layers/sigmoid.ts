import { sigmoid, type Tensor } from "@pointwise/tensor";
import { Pointwise } from "../pointwise.ts";

/** 1 / (1 + e⁻ˣ). @see https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html */
export class Sigmoid extends Pointwise {
  protected override activate(x: Tensor): Tensor {
    return sigmoid(x);
  }
}
