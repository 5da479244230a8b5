import type { Lanes } from "../../algebra/lanes.ts";
import type { SimdAlgebra } from "../../algebra/simd-algebra.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { Address } from "../address.ts";

export type ElementType = "float32" | "int32" | "bool";

/** An array that a loop walks: of the loop's shape, or of size 1 where it is broadcast or reduced. Row-major, without gaps. */
export interface LoopOperand {
  readonly type: ElementType;
  readonly address: Address;
  /** For each dimension of the loop, whether the operand has it. */
  readonly varies: readonly boolean[];
}

/** A single number that the loop reads, of any type. */
export interface LoopScalar {
  readonly type: ElementType | "float64";
  readonly address: Address;
}

/** An array of the loop's shape that the loop writes. */
export interface LoopOutput {
  readonly type: ElementType;
  readonly address: Address;
  /** The value that is stored, counted through scalars, inputs and steps in this order. */
  readonly value: number;
}

/** A fold of a value over the dimensions that its array does not have. */
export interface LoopReduction extends LoopOperand {
  readonly type: "float32" | "int32";
  readonly value: number;
  /** What memory holds before the loop (see `startReduction`), and lanes that do not count. */
  readonly initial: number;
  combine(k: SimdAlgebra, accumulator: Lanes, x: Lanes): Lanes;
}

/** A value computed from earlier ones. */
export interface LoopStep {
  readonly inputs: readonly number[];
  apply(k: SimdAlgebra, ...inputs: Lanes[]): Lanes;
}

/** One pass over memory that computes any number of elementwise values, and folds some of them. */
export interface LoopSpec {
  readonly sizes: readonly number[];
  /** Where `sizes` is one dimension: how many turns of the engine's number of vectors come before it. At least one. */
  readonly turns?: Local<"i32">;
  readonly scalars: readonly LoopScalar[];
  readonly inputs: readonly LoopOperand[];
  readonly steps: readonly LoopStep[];
  readonly outputs: readonly LoopOutput[];
  readonly reductions: readonly LoopReduction[];
  /** Whether a step asks for the index of its element; then also the first element's index. */
  readonly firstIndex?: Address | undefined;
}
