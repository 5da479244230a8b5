import { noGrad } from "@pointwise/autograd";
import { formatShape, Rng, type Shape, ShapeError, sizeOf, type Tensor, UsageError, zeros } from "@pointwise/tensor";
import { cloneModule, copyParameter } from "./clone.ts";
import { Conv1x1 } from "./layers/conv1x1.ts";
import { Conv2d } from "./layers/conv2d.ts";
import { Flatten } from "./layers/flatten.ts";
import { Linear } from "./layers/linear.ts";
import type { Module } from "./module.ts";
import { Sequential } from "./sequential.ts";

interface Step {
  readonly path: string;
  readonly layer: Module;
}

/**
 * Turns a classifier of convolutional layers, Flatten and dense layers into a convolutional one that slides over larger
 * pictures: the first Linear becomes a Conv2d as large as the map before the Flatten, later ones a Conv1x1, and activations and
 * dropouts stay. On pictures of the original size it gives the same numbers, [N, F, 1, 1] for [N, F]; on larger ones
 * [N, F, H', W'], one answer for each place. The new model has parameters of its own: training one leaves the other alone.
 *
 * On larger pictures a place sees its neighbours where the model, with padding, used to see zeros, so its answer is not exactly that of
 * a picture cut out there.
 * @param inputShape that the model was trained with, without the batch dimension: [C, H, W].
 * @see J. Long and others, "Fully convolutional networks for semantic segmentation" (2015)
 * @throws UsageError naming the layer that has no counterpart, ShapeError if the model does not take such pictures.
 */
export function toFullyConvolutional(model: Sequential, inputShape: Shape): Sequential {
  const copy = cloneModule(model).eval();
  const steps = opened(copy.layers, "");
  const at = steps.findIndex(({ layer }) => layer instanceof Flatten);
  if (at < 0) throw refusal("the model has no Flatten among its layers, so there is no dense layer over a map to turn");
  const map = noGrad(() => mapBefore(steps.slice(0, at), steps[at]!, inputShape));
  const [before, head] = [steps.slice(0, at).map(({ layer }) => layer), convertHead(steps.slice(at + 1), map)];
  return new Sequential(...before, ...head).train(model.training);
}

/** The layers in order, those of nested Sequentials in their place. */
function opened(layers: readonly Module[], prefix: string): Step[] {
  return layers.flatMap((layer, i) =>
    layer instanceof Sequential ? opened(layer.layers, `${prefix}${i}.`) : [{ path: prefix + i, layer }],
  );
}

/** The shape [C, H, W] that the Flatten gets; refuses layers that could not slide. */
function mapBefore(steps: readonly Step[], flatten: Step, inputShape: Shape): Shape {
  const [c, h, w] = inputShape;
  if (c === undefined || h === undefined || w === undefined || inputShape.length !== 3) {
    throw refusal(`inputShape must be that of one picture, [C, H, W], but is ${formatShape(inputShape)}`);
  }
  let [x, larger] = [zeros([1, c, h, w]), zeros([1, c, 2 * h, 2 * w])];
  for (const step of steps) {
    x = step.layer.forward(x);
    larger = slide(step, larger);
    if (x.rank !== 4) throw refusal(`${named(step)} gives ${formatShape(x.shape)}, no map [N, C, H, W] to slide over`);
    if (larger.size <= x.size) throw refusal(`${named(step)} gives maps of one size whatever the picture's`);
  }
  const { startDim, endDim } = flatten.layer as Flatten; // that is how it was found
  if (startDim !== 1 || (endDim !== -1 && endDim !== 3)) {
    throw refusal(`${named(flatten)} merges dimensions ${startDim} to ${endDim}, not the whole map (1 to −1)`);
  }
  return x.shape.slice(1);
}

function slide(step: Step, x: Tensor): Tensor {
  try {
    return step.layer.forward(x);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw refusal(`${named(step)} does not work on larger pictures (${error.message})`);
  }
}

function convertHead(steps: readonly Step[], map: Shape): Module[] {
  const first = steps.findIndex(({ layer }) => layer instanceof Linear);
  if (first < 0) throw refusal("there is no Linear after the Flatten");
  return steps.map(({ layer, path }, i) => {
    if (layer instanceof Linear) return i === first ? overMap(layer, path, map) : Conv1x1.from(layer);
    const converted = layer.overMaps();
    if (!converted) throw refusal(`${named({ layer, path })} has no counterpart on maps`);
    return converted;
  });
}

/** The convolution whose kernels are as large as the map, so that at its only place it sees what the dense layer saw. */
function overMap(linear: Linear, path: string, map: Shape): Conv2d {
  const { inFeatures, outFeatures, weight, bias } = linear;
  const [c, h, w] = map as readonly [number, number, number];
  if (inFeatures !== sizeOf(map)) {
    throw new ShapeError(
      `toFullyConvolutional: Linear at "${path}" expects ${inFeatures} features, but pictures of the given shape make a map ` +
        `${formatShape(map)} of ${sizeOf(map)} before the Flatten. Give the shape that the model was trained with.`,
    );
  }
  const conv = new Conv2d(c, outFeatures, [h, w], { bias: false, rng: new Rng() }); // these weights are replaced at once
  conv.weight = copyParameter(weight, [outFeatures, c, h, w]);
  conv.bias = bias && copyParameter(bias);
  return conv;
}

const named = ({ path, layer }: Step): string => `${layer.constructor.name} at "${path}"`;

const refusal = (why: string): UsageError => new UsageError(`toFullyConvolutional: ${why}.`);
