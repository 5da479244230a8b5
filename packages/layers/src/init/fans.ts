import { formatShape, type Shape, ShapeError, sizeOf } from "@pointwise/tensor";

export interface Fans {
  /** How many inputs each output is a sum over. */
  readonly fanIn: number;
  /** How many outputs each input goes into. */
  readonly fanOut: number;
}

/**
 * The fans of a weight laid out as PyTorch's: [out, in] of a Linear, [out, in / groups, kH, kW] of a convolution.
 * @see https://github.com/pytorch/pytorch/blob/v1.13.1/torch/nn/init.py (_calculate_fan_in_and_fan_out)
 * @throws ShapeError for fewer than two dimensions.
 */
export function fansOf(shape: Shape): Fans {
  if (shape.length < 2) {
    throw new ShapeError(
      `init: fan-in and fan-out need a weight of at least two dimensions, [out, in, …], but the shape is ${formatShape(shape)}. ` +
        "Use constant or rng.uniform for a bias.",
    );
  }
  const places = sizeOf(shape.slice(2));
  return { fanIn: shape[1]! * places, fanOut: shape[0]! * places };
}
