import { formatShape, ShapeError, type Tensor } from "@pointwise/tensor";

/** Changes the inputs of a batch [B, ...]. */
export type Transform = (x: Tensor) => Tensor;

/** @throws ShapeError unless `x` is a batch of pictures. */
export function pictureDims(x: Tensor, who: string): [n: number, channels: number, height: number, width: number] {
  const [n, channels, height, width] = x.shape;
  if (x.rank === 4 && n !== undefined && channels !== undefined && height !== undefined && width !== undefined) {
    return [n, channels, height, width];
  }
  throw new ShapeError(
    `${who}: expects pictures [batch, channels, height, width], but got ${formatShape(x.shape)}. ` +
      "Reshape them first; a single picture is a batch of 1.",
  );
}
