import { leakyRelu, type Tensor } from "@pointwise/tensor";
import { Pointwise } from "../pointwise.ts";

/** x where positive, else negativeSlope · x. @see https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html */
export class LeakyReLU extends Pointwise {
  readonly negativeSlope: number;

  constructor(negativeSlope = 0.01) {
    super();
    this.negativeSlope = negativeSlope;
  }

  protected override activate(x: Tensor): Tensor {
    return leakyRelu(x, this.negativeSlope);
  }

  override extraRepr(): string {
    return this.negativeSlope === 0.01 ? "" : String(this.negativeSlope);
  }
}
