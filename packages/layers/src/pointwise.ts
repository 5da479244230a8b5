import type { Tensor } from "@pointwise/tensor";
import type { ChainRule, Same } from "./chain.ts";
import { checkFloat } from "./check-input.ts";
import { Module } from "./module.ts";

/** A layer without parameters that does the same to every element, whatever the shape: an activation. */
export abstract class Pointwise extends Module {
  declare readonly chain?: ChainRule<string, unknown, Same>;

  protected abstract activate(x: Tensor): Tensor;

  override forward(x: Tensor): Tensor {
    checkFloat(this, x);
    return this.activate(x);
  }

  override overMaps(): Module {
    return this;
  }
}
