import { div, formatShape, isFloat, ShapeError, sub, type Tensor, tensor, UsageError } from "@pointwise/tensor";
import type { Transform } from "./transform.ts";

/**
 * (x − mean) / std for each channel (dimension 1) of a batch [B, C, ...].
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.Normalize.html
 * @param mean one number for each channel, or one for all.
 * @param std likewise; not 0.
 * @throws UsageError for numbers that cannot work; the transform throws ShapeError for another number of channels.
 */
export function normalize(mean: number | readonly number[], std: number | readonly number[]): Transform {
  const means = typeof mean === "number" ? [mean] : mean;
  const stds = typeof std === "number" ? [std] : std;
  if (!means.every(Number.isFinite) || !stds.every((s) => Number.isFinite(s) && s > 0)) {
    throw new UsageError(
      `normalize: needs finite means and standard deviations > 0, but got mean = ${JSON.stringify(mean)} and std = ${JSON.stringify(std)}.`,
    );
  }
  return (x) => div(sub(x, perChannel(means, x, "mean")), perChannel(stds, x, "std"));
}

function perChannel(values: readonly number[], x: Tensor, what: string): Tensor {
  const channels = x.shape[1];
  if (channels === undefined || (values.length !== 1 && values.length !== channels)) {
    throw new ShapeError(
      `normalize: ${what} has ${values.length} numbers, one for each channel, but the batch ${formatShape(x.shape)} ` +
        (channels === undefined ? "has no dimension 1 for channels." : `has ${channels} channels in dimension 1.`),
    );
  }
  const shape = [values.length, ...x.shape.slice(2).map(() => 1)];
  return tensor([...values], { dtype: isFloat(x.dtype) ? x.dtype : "float32", shape });
}
