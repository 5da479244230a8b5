import { DTypeError, formatShape, isFloat, ShapeError, sameShape, type Tensor } from "@pointwise/tensor";

/** A prediction and its target are floats of one shape: broadcasting [N, 1] with [N] would compare everything with everything. */
export function checkTarget(loss: string, input: Tensor, target: Tensor): void {
  if (!isFloat(input.dtype)) {
    throw new DTypeError(
      `${loss}: the input must be float32 or float64, but is ${input.dtype}. Use cast(input, "float32").`,
    );
  }
  if (sameShape(input.shape, target.shape)) return;
  const fix = input.size === target.size ? ` Use reshape(target, ${formatShape(input.shape)}).` : "";
  throw new ShapeError(
    `${loss}: input and target must have one shape, but are ${formatShape(input.shape)} and ${formatShape(target.shape)}.${fix}`,
  );
}
