import { formatShape, type Rng, ShapeError, type Tensor, UsageError, zeros } from "@pointwise/tensor";
import { pictureDims, type Transform } from "./transform.ts";

/**
 * Moves each picture of a batch [B, C, H, W] by a whole number of pixels from −max to max, down and to the right, each
 * with its own; what moves in from outside is filled. It is the usual random crop of a padded picture.
 *
 * It draws from `rng` once a batch, and reads values: use it in a DataLoader, not in a compiled function.
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomCrop.html
 * @param fill one value, or one for each channel. Pictures that are normalised have black at (0 − mean) / std.
 * @throws UsageError unless max is a whole number ≥ 0; the transform throws ShapeError for anything but pictures.
 */
export function randomShift(
  max: number,
  rng: Rng,
  { fill = 0 }: { fill?: number | readonly number[] } = {},
): Transform {
  if (!Number.isInteger(max) || max < 0) {
    throw new UsageError(`randomShift: the largest shift must be a whole number of pixels ≥ 0, but is ${max}.`);
  }
  return (x) => {
    const [n, channels, height, width] = pictureDims(x, "randomShift");
    if (typeof fill !== "number" && fill.length !== channels) {
      throw new ShapeError(
        `randomShift: fill has ${fill.length} values, but the pictures ${formatShape(x.shape)} have ${channels} channels.`,
      );
    }
    const shifts = rng.randint([n, 2], -max, max + 1).data;
    const out = zeros(x.shape, { dtype: x.dtype });
    for (let plane = 0; plane < n * channels; plane++) {
      const picture = Math.floor(plane / channels);
      const value = typeof fill === "number" ? fill : fill[plane % channels]!;
      shiftPlane(x, out, plane, [height, width], [shifts[2 * picture]!, shifts[2 * picture + 1]!], value);
    }
    return out;
  };
}

function shiftPlane(
  x: Tensor,
  out: Tensor,
  plane: number,
  [height, width]: readonly [number, number],
  [down, right]: readonly [number, number],
  fill: number,
): void {
  const start = plane * height * width;
  const from = x.data.subarray(start, start + height * width);
  const to = out.data.subarray(start, start + height * width).fill(fill);
  const [first, count] = [Math.max(0, right), width - Math.abs(right)];
  if (count <= 0) return;
  for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
    const source = (row - down) * width + first - right;
    to.set(from.subarray(source, source + count), row * width + first);
  }
}
