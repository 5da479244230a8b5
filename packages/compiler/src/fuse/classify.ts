import { type DType, sizeOf } from "@pointwise/tensor";
import { usesIndex } from "../simplify/fold-constants.ts";
import type { OpNode } from "../trace/graph.ts";

/** Types that vector loops compute with. */
const isVectorType = (dtype: DType): boolean => dtype !== "float64";

/** Single numbers of any type, computed one by one. They have no place in an array, which random draws ask for. */
export function isScalarOp({ op, attrs, shape, inputs }: OpNode): boolean {
  if (op.kind !== "elementwise" || sizeOf(shape) !== 1) return false;
  return inputs.every((x) => sizeOf(x.shape) === 1) && !usesIndex(op, attrs, inputs.length);
}

/** Whether vector loops compute the op: on arrays of 32 bits or bools, and single numbers of any type beside them. */
export function isLoopOp({ op, dtype, shape, inputs }: OpNode): boolean {
  if (op.kind !== "elementwise" && op.kind !== "reduce") return false;
  if (!isVectorType(dtype) || sizeOf(shape) === 0) return false;
  if (op.kind === "elementwise") return inputs.every((x) => isVectorType(x.dtype) || sizeOf(x.shape) === 1);
  return dtype !== "bool" && inputs.every((x) => isVectorType(x.dtype) && sizeOf(x.shape) > 0);
}
