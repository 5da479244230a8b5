import { add, formatShape, ShapeError, sameShape, type Tensor } from "@pointwise/tensor";
import type { ChainRule, CheckedResidual, RuleOf } from "./chain.ts";
import { callChild, inputError } from "./input-error.ts";
import { Module } from "./module.ts";

/**
 * block(x) + x; or block(x) + shortcut(x), with a shortcut such as a Conv1x1 where the block changes the number of channels.
 * @see K. He and others, "Deep residual learning for image recognition" (2015)
 */
export class Residual<
  Block extends Module = Module,
  Shortcut extends Module | undefined = undefined,
  Rule = ChainRule<"Residual", RuleOf<Block>["expects"], RuleOf<Block>["gives"]>,
> extends Module {
  declare readonly chain?: Rule;
  readonly block: Block;
  readonly shortcut: Module | undefined;

  constructor(
    block: CheckedResidual<Block, Shortcut> extends Block ? Block : CheckedResidual<Block, Shortcut>,
    shortcut?: Shortcut,
  ) {
    super();
    this.block = block as Block; // a block that does not fit does not compile
    this.shortcut = shortcut;
  }

  override forward(x: Tensor): Tensor {
    const y = callChild(this, "block", this.block, x);
    const skipped = this.shortcut ? callChild(this, "shortcut", this.shortcut, x) : x;
    if (sameShape(y.shape, skipped.shape)) return add(y, skipped);
    const [got, other] = [formatShape(y.shape), formatShape(skipped.shape)];
    throw this.shortcut
      ? inputError(
          ShapeError,
          this,
          `its block gives ${got}, but its shortcut ${other}`,
          "They are added, and must have one shape.",
        )
      : inputError(
          ShapeError,
          this,
          `its block makes ${got} of ${other}, which cannot be added`,
          "Keep the shape (stride 1, padding), or give a shortcut, such as a Conv1x1 of the block's channels and stride.",
        );
  }
}
