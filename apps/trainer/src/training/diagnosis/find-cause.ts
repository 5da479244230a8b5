import { backward } from "@pointwise/autograd";
import { crossEntropy, type Module } from "@pointwise/layers";
import type { Tensor } from "@pointwise/tensor";
import { formatNumber } from "../../terminal/format.ts";
import { firstBadTensor } from "./first-bad-tensor.ts";
import { type LayerCall, makers, watchLayers } from "./layer-calls.ts";
import { largestMagnitude, nonFinite } from "./non-finite.ts";

/**
 * Runs a batch once more, op by op, and finds the first NaN or infinity: in the weights, in the forward pass or in the backward pass.
 * @returns a sentence that names the layer and the op that made it; `undefined` if all is finite
 */
export function findCause(model: Module, x: Tensor, y: Tensor): string | undefined {
  for (const [name, weights] of [...model.namedParameters(), ...model.namedBuffers()]) {
    const value = nonFinite(weights);
    if (value !== undefined)
      return `The weights were spoilt before: ${name} holds ${value}, and the step before put it there.`;
  }
  const input = nonFinite(x);
  if (input !== undefined) return `The batch itself holds ${input}.`;
  const { result: loss, calls } = watchLayers(model, () => crossEntropy(model.forward(x), y));
  const bad = firstBadTensor(loss);
  if (bad) return madeBy(bad, makers(calls).get(bad)?.name ?? "the loss, crossEntropy", "forward");
  return loss.tracked ? inBackwardPass(loss, model, calls) : undefined;
}

/** Gradients with a graph, so that their ops can be told apart; layers are looked at from the last to the first, as gradients come about. */
function inBackwardPass(loss: Tensor, model: Module, calls: readonly LayerCall[]): string | undefined {
  const layers = calls.filter(({ module }) => module.namedModules().size === 1).toReversed();
  const between = layers.flatMap(({ input, output }) => [input, output]).filter((x) => x.tracked);
  const grads = backward(loss, [...model.parameters(), ...between], { createGraph: true });
  const badGradient = (xs: readonly Tensor[]): Tensor | undefined =>
    xs.flatMap((x) => grads.get(x) ?? []).find((grad) => nonFinite(grad) !== undefined);
  const ofLoss = layers[0] && badGradient([layers[0].output]);
  if (ofLoss) return madeBy(firstBadTensor(ofLoss), "the loss, crossEntropy", "backward");
  for (const { name, module, input } of layers) {
    const found = badGradient([...module.parameters(), input]);
    if (found) return madeBy(firstBadTensor(found), name, "backward");
  }
  return undefined;
}

function madeBy(bad: Tensor | undefined, layer: string, pass: "forward" | "backward"): string {
  const where = `In the ${pass} pass, ${layer}, was the first to give a number that is none`;
  if (!bad?.origin) return `${where}.`;
  const { op, inputs } = bad.origin;
  const largest = Math.max(...inputs.map(largestMagnitude));
  return `${where}: its ${op.name} made ${nonFinite(bad)} of numbers up to ${formatNumber(largest)}.`;
}
