import { DTypeError, formatShape, isFloat, ShapeError, sameShape, type Tensor, UsageError } from "@pointwise/tensor";

/** @throws ShapeError, DTypeError */
export function checkLabels(logits: Tensor, target: Tensor): void {
  const [x, y] = [formatShape(logits.shape), formatShape(target.shape)];
  if (!isFloat(logits.dtype)) {
    throw new DTypeError(`crossEntropy: logits must be float32 or float64, but are ${logits.dtype} ${x}.`);
  }
  if (logits.rank < 2) throw new ShapeError(`crossEntropy: logits must be [N, C] or [N, C, H, W], but are ${x}.`);
  if (sameShape(logits.shape, target.shape)) {
    throw new ShapeError(
      `crossEntropy: the target must be class indices ${formatShape(logits.shape.toSpliced(1, 1))} for logits ${x}, but is ${y}, like one-hot ` +
        "rows or probabilities. Use argmax(target, 1).",
    );
  }
  if (!sameShape(logits.shape.toSpliced(1, 1), target.shape)) {
    const wanted = formatShape(logits.shape.toSpliced(1, 1));
    throw new ShapeError(
      `crossEntropy: logits ${x} need a target ${wanted}, one class for each of their ${logits.shape[1]} logits, but got ${y}.`,
    );
  }
  if (target.dtype !== "int32") {
    throw new DTypeError(
      `crossEntropy: the target must be int32 class indices, but is ${target.dtype}. Use cast(target, "int32").`,
    );
  }
}

/** @throws UsageError */
export function checkSmoothing(labelSmoothing: number): void {
  if (labelSmoothing >= 0 && labelSmoothing <= 1) return;
  throw new UsageError(`crossEntropy: labelSmoothing must be between 0 and 1, but is ${labelSmoothing}.`);
}

/** @throws ShapeError */
export function checkWeight(weight: Tensor, classes: number): void {
  if (sameShape(weight.shape, [classes])) return;
  throw new ShapeError(
    `crossEntropy: weight must be [${classes}], one for each class, but is ${formatShape(weight.shape)}.`,
  );
}
