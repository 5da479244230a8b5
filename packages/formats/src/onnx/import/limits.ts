import { formatShape, type Shape } from "@pointwise/tensor";
import type { Refuse } from "../../refuse.ts";
import { mostDimensions } from "../tensor-proto.ts";

/** Values of what is computed from the file alone: shapes, and constants. */
export const mostKnownValues = 2 ** 20;

/**
 * Values that one tensor may have while a model runs. A small file can ask for any number, by a few sizes; models make some hundred times as many
 * as they hold and are given.
 * @param given the values of the inputs and of the file's tensors.
 */
export const mostValuesFrom = (given: number): number => Math.min(2 ** 30, Math.max(2 ** 22, 1024 * given));

/** @throws FormatError for a tensor that the file, and not what the model is given, makes too large, or of sizes that are none. */
export function checkSize(shape: Shape, most: number, refuse: Refuse): void {
  if (shape.length > mostDimensions)
    refuse(`makes a tensor of ${shape.length} dimensions, more than ${mostDimensions}`);
  if (!shape.every((d) => Number.isSafeInteger(d) && d >= 0)) {
    refuse(`makes a tensor ${formatShape(shape)}, but sizes are whole numbers ≥ 0`);
  }
  const count = shape.includes(0) ? 0 : shape.reduce((product, d) => product * d, 1);
  if (count > most) {
    refuse(
      `makes a tensor ${formatShape(shape)}: more than ${most} values, of few`,
      "Is the file damaged, or not what it seems?",
    );
  }
}
