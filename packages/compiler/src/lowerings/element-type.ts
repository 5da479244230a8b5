import type { ElementType } from "@pointwise/wasm";
import type { Node } from "../trace/graph.ts";

/** The type of an array that kernels take. Callers leave float64 to the references. */
export function elementType({ dtype }: Node): ElementType {
  if (dtype === "float64") throw new Error("compile: a kernel got a float64 array.");
  return dtype;
}

/** The type of sums: of float32, or of integers. */
export const sumType = ({ dtype }: Node): "float32" | "int32" => (dtype === "int32" ? "int32" : "float32");

/** Bytes of an element. */
export const elementBytes = (node: Node): 1 | 4 => (elementType(node) === "bool" ? 1 : 4);
