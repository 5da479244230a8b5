import { type GeluOptions, gelu, type Tensor } from "@pointwise/tensor";
import { Pointwise } from "../pointwise.ts";

/** x · Φ(x), Φ the normal distribution function. @see https://pytorch.org/docs/stable/generated/torch.nn.GELU.html */
export class GELU extends Pointwise {
  readonly approximate: "none" | "tanh";

  constructor({ approximate = "none" }: GeluOptions = {}) {
    super();
    this.approximate = approximate;
  }

  protected override activate(x: Tensor): Tensor {
    return gelu(x, { approximate: this.approximate });
  }

  override extraRepr(): string {
    return this.approximate === "none" ? "" : `{ approximate: "${this.approximate}" }`;
  }
}
