import { fromData, type Rng, UsageError } from "@pointwise/tensor";
import { pictureDims, type Transform } from "./transform.ts";

/**
 * Mirrors each picture of a batch [B, C, H, W] left to right with probability `p`.
 *
 * It draws from `rng` once a batch, and reads values: use it in a DataLoader, not in a compiled function.
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomHorizontalFlip.html
 * @throws UsageError unless 0 ≤ p ≤ 1; the transform throws ShapeError for anything but pictures.
 */
export function randomHorizontalFlip(rng: Rng, p = 0.5): Transform {
  if (!(p >= 0 && p <= 1)) {
    throw new UsageError(`randomHorizontalFlip: the probability must be between 0 and 1, but is ${p}.`);
  }
  return (x) => {
    const [n, channels, height, width] = pictureDims(x, "randomHorizontalFlip");
    const flipped = rng.bernoulli([n], p).data;
    const out = x.data.slice();
    const rows = channels * height;
    for (let row = 0; row < n * rows; row++) {
      if (flipped[Math.floor(row / rows)]) out.subarray(row * width, (row + 1) * width).reverse();
    }
    return fromData(out, x.shape, x.dtype);
  };
}
