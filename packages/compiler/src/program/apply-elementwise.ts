import type { Lanes, SimdAlgebra } from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";

/** The op's expression as vector code. The result is what it would be if it were stored and loaded again: of the node's dtype. */
export function applyElementwise(k: SimdAlgebra, { op, attrs, dtype }: OpNode, operands: readonly Lanes[]): Lanes {
  if (op.kind !== "elementwise") throw new Error(`compile: ${op.name} is no elementwise op.`);
  const kind = dtype === "int32" ? "i32" : dtype === "bool" ? "mask" : "f32";
  return k.as(kind, op.expr<Lanes>(k, attrs, ...operands));
}
