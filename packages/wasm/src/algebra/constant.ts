/** A value that is known when the code is written. */
export interface Constant {
  readonly kind: "constant";
  readonly value: number;
}

interface Computed {
  readonly kind: "f32" | "f64" | "i32" | "mask";
}

/** The result of an operation on two constants, or undefined if one is none. */
export function foldedPair(
  a: Constant | Computed,
  b: Constant | Computed,
  operation: (x: number, y: number) => number,
): Constant | undefined {
  if (a.kind !== "constant" || b.kind !== "constant") return undefined;
  return { kind: "constant", value: operation(a.value, b.value) };
}
