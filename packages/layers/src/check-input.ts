import { DTypeError, formatShape, isFloat, ShapeError, type Tensor } from "@pointwise/tensor";
import { inputError } from "./input-error.ts";
import type { Module } from "./module.ts";

/** @throws DTypeError */
export function checkFloat(layer: Module, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  const fix = `Use cast(x, "float32")${x.dtype === "int32" ? ", or an Embedding for indices" : ""}.`;
  throw inputError(
    DTypeError,
    layer,
    `expects float32 or float64 values, but got ${x.dtype} ${formatShape(x.shape)}`,
    fix,
  );
}

/**
 * Floating-point maps [N, C, H, W], with a given number of channels if one is said.
 * @param fix a sentence that says what to do for the number of channels that came.
 * @throws ShapeError, DTypeError
 */
export function checkMaps(layer: Module, x: Tensor, channels?: number, fix?: (channels: number) => string): void {
  checkFloat(layer, x);
  const [got, advice] = [formatShape(x.shape), adviceForRank(x)];
  if (x.rank !== 4) throw inputError(ShapeError, layer, `expects maps [N, C, H, W], but got ${got}`, advice);
  const c = x.shape[1]!;
  if (channels === undefined || c === channels) return;
  const last =
    x.shape[3] === channels ? "Are the channels last? permute(x, [0, 3, 1, 2]) brings them to the front." : "";
  const problem = `expects ${counted(channels, "channel")}, but got ${got} (${counted(c, "channel")})`;
  throw inputError(ShapeError, layer, problem, last || (fix?.(c) ?? ""));
}

function adviceForRank({ rank, shape }: Tensor): string {
  if (rank === 3) return `For one picture add the batch dimension: reshape(x, [1, ${shape.join(", ")}]).`;
  if (rank === 2)
    return "Values that were flattened have lost their height and width: put the layer before the Flatten.";
  return "Reshape it to batch, channels, height and width.";
}

/** Floating-point values [..., F] with a given number of features. @throws ShapeError, DTypeError */
export function checkFeatures(layer: Module, x: Tensor, features: number, fix: (features: number) => string): void {
  checkFloat(layer, x);
  const got = x.shape.at(-1);
  if (got === features) return;
  const shape = formatShape(x.shape);
  if (got === undefined) {
    throw inputError(
      ShapeError,
      layer,
      `expects ${counted(features, "feature")} in the last dimension, but got a scalar`,
      "Reshape it.",
    );
  }
  const flat = x.rank === 4 && x.shape[1]! * x.shape[2]! * x.shape[3]! === features;
  const problem = `expects ${counted(features, "feature")} in the last dimension, but got ${shape} (${counted(got, "feature")})`;
  throw inputError(ShapeError, layer, problem, flat ? "Put new Flatten() before it." : fix(got));
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
