import { backward } from "@pointwise/autograd";
import { compile } from "@pointwise/compiler";
import { crossEntropy } from "@pointwise/layers";
import { mul, Rng, sum, type Tensor } from "@pointwise/tensor";
import { buildModel } from "../blocks/build-model.ts";
import type { Session } from "./session.ts";

export interface GradientNorms {
  /** After which the weights are looked at; its batch gives the gradients. */
  readonly step: number;
  /** Of each block with weights: the Euclidean norm of the loss' gradient by all of them. */
  readonly norms: readonly { readonly block: number; readonly norm: number }[];
}

/**
 * The gradients of a training's last batch, by the weights as they are now. They are computed in a copy of the model, which has random numbers and
 * running statistics of its own: to look changes nothing of the training.
 */
export class GradientWatch {
  private readonly session: Session;
  private readonly copy: ReturnType<typeof buildModel>;
  private readonly squares: (x: Tensor, y: Tensor) => Tensor[];
  private readonly blocks: readonly number[];

  constructor(session: Session) {
    const { experiment, data } = session;
    this.session = session;
    const copy = buildModel(experiment.blocks, data.inputShape, data.classes.length, new Rng("gradients"));
    this.copy = copy;
    this.blocks = copy.layers.flatMap((layer, block) => (layer.parameters().length > 0 ? [block] : []));
    this.squares = compile(function gradientNorms(x: Tensor, y: Tensor) {
      const gradients = backward(crossEntropy(copy.forward(x), y), copy.parameters());
      return copy.parameters().map((p) => {
        const gradient = gradients.get(p)!; // every weight has a part in the loss
        return sum(mul(gradient, gradient));
      });
    });
  }

  /** Nothing before the first step. */
  look(): GradientNorms | undefined {
    const { lastBatch, model } = this.session;
    if (!lastBatch) return undefined;
    this.copy.loadStateDict(model.stateDict());
    const squares = this.squares(lastBatch.x, lastBatch.y).map((square) => square.item());
    const norms = this.blocks.map((block) => {
      const count = this.copy.layers[block]!.parameters().length;
      const own = squares.splice(0, count).reduce((a, b) => a + b, 0);
      return { block, norm: Math.sqrt(own) };
    });
    return { step: lastBatch.step, norms };
  }
}
