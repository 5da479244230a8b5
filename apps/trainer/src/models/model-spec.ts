import { formatShape, type Rng, type Shape, UsageError } from "@pointwise/tensor";

/** What a model is made for. */
export interface ModelSpec {
  /** Of one sample: [channels, height, width] of a picture, or [features]. */
  readonly inputShape: Shape;
  readonly classes: number;
  /** Draws the initial weights, and what dropout drops. */
  readonly rng: Rng;
}

/** @throws UsageError unless the samples are pictures of at least `smallest` × `smallest` pixels */
export function pictureSize(
  model: string,
  { inputShape }: ModelSpec,
  smallest: number,
): [channels: number, height: number, width: number] {
  const [channels, height, width] = inputShape;
  if (inputShape.length !== 3 || !channels || !height || !width) {
    throw new UsageError(
      `${model} reads pictures [channels, height, width], but a sample has the shape ${formatShape(inputShape)} here. ` +
        "Use the model mlp, which reads samples of any shape.",
    );
  }
  if (height < smallest || width < smallest) {
    throw new UsageError(
      `${model} halves its pictures on the way, so they must have at least ${smallest}×${smallest} pixels, but they have ${height}×${width}. ` +
        "Use the model mlp, or larger pictures.",
    );
  }
  return [channels, height, width];
}
