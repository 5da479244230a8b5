import * as tensor from "@pointwise/tensor";
import { castOp, clampOp, type DType, DTypeError, type ElementwiseOp, leakyReluOp } from "@pointwise/tensor";

/** Every elementwise op that tensors have, by name. */
export const elementwiseOps: readonly ElementwiseOp[] = Object.values(tensor).filter(
  (x): x is ElementwiseOp => typeof x === "object" && x !== null && "kind" in x && x.kind === "elementwise",
);

/** Attributes to try an op with. */
export function attrsOf(op: ElementwiseOp): readonly unknown[] {
  const shape = [1];
  const byOp = new Map<ElementwiseOp, readonly unknown[]>([
    // A map of ops of all attributes: they are only passed back to their op.
    [
      clampOp as ElementwiseOp,
      [
        { min: -1, max: 2.5 },
        { min: 0, max: Infinity },
        { min: -Infinity, max: 7 },
      ],
    ],
    [castOp as ElementwiseOp, [{ dtype: "float32" }, { dtype: "int32" }, { dtype: "bool" }]],
    [leakyReluOp as ElementwiseOp, [{ negativeSlope: 0.01 }]],
  ]);
  if (op.name === "randomBits") return [{ shape, dtype: "int32" }];
  return byOp.get(op) ?? [{ shape, dtype: "float32" }];
}

/** The dtypes that an op takes and gives, of those listed. */
export function signaturesOf(
  op: ElementwiseOp,
  attrs: unknown,
  dtypes: readonly DType[],
): { inputs: readonly DType[]; out: DType }[] {
  const arity = op.expr.length - 2;
  const isDraw = op.name.startsWith("random");
  let lists: DType[][] = [[]];
  for (let i = 0; i < arity; i++)
    lists = lists.flatMap((list) => (isDraw ? (["int32"] as const) : dtypes).map((d) => [...list, d]));
  return lists.flatMap((inputs) => {
    try {
      return [{ inputs, out: op.dtype(attrs, ...inputs.map((dtype) => ({ shape: [1], dtype }))) }];
    } catch (error) {
      if (error instanceof DTypeError) return [];
      throw error;
    }
  });
}
