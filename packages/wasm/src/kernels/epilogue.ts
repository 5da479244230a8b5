import type { Lanes } from "../algebra/lanes.ts";
import type { SimdAlgebra } from "../algebra/simd-algebra.ts";

/** An operand of an epilogue, float32: as large as the output, one value per column or per row of it, or one value. */
export interface EpilogueOperand {
  readonly extent: "full" | "column" | "row" | "scalar";
  /** Of the first value, in bytes. For "full" it is not used: such an operand lies `fullDelta` beyond the output. */
  readonly address: number;
}

/**
 * Elementwise work on results while they are still in registers, before they are stored: bias, activation, and the activation's gradient.
 * The output is seen as a matrix [rows, columns] (for the maps of a picture: [channels, pixels]).
 */
export interface Epilogue {
  /** Tells epilogues apart in a module: two of one key are the same code with the same operands. */
  readonly key: string;
  readonly operands: readonly EpilogueOperand[];
  apply(k: SimdAlgebra, result: Lanes, operands: readonly Lanes[]): Lanes;
}
