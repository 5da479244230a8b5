import { createHash } from "node:crypto";
import type { Tensor } from "@pointwise/tensor";
import type { Input } from "./inputs.ts";

/**
 * One row of the op table: a function of ops on small inputs, and what it is tested against.
 *
 * Every row is tested in float64 against PyTorch: outputs, and gradients of one fixed number made of all float outputs; then,
 * unless said otherwise, again with float32 in the place of float64, against finite differences, and for second derivatives.
 */
export interface Row {
  /** Starts with the export that the row is about: `sqrt` stands for the function `sqrt` and the op `sqrtOp`. */
  readonly name: string;
  /** Further exports that it covers. */
  readonly also?: readonly string[];
  readonly inputs: readonly Input[];
  fn(...x: Tensor[]): Tensor | readonly Tensor[];
  /** The same in Python, over x0, x1, ... with `torch` and `F` (torch.nn.functional); or null, if there is a `witness`. */
  readonly torch: string | null;
  /** Where PyTorch has no equal: why, and the outputs' values by other means. */
  readonly witness?: { readonly reason: string; values(...x: Tensor[]): readonly (readonly number[])[] };
  /** False to test the outputs only, e.g. of infinite values. */
  readonly gradients?: boolean;
  /** False where a difference quotient is no witness, e.g. at a kink. Second derivatives are left out as well. */
  readonly numeric?: boolean;
  /** False where second derivatives are not defined, or are not those of the difference quotient. */
  readonly second?: boolean;
}

/** What a row covers, by the names of functions. */
export const coveredBy = (row: Row): string[] => [row.name.split(/\W/)[0]!, ...(row.also ?? [])];

export function makeInputs(row: Row): Tensor[] {
  return row.inputs.map((input, i) => input(digest(`${row.name}#${i}`).readInt32LE()));
}

/** What a fixture is made from: it is stale when this changes. */
export function hashOf(row: Row): string {
  const inputs = makeInputs(row).map((x) => [x.dtype, x.shape, Array.from(x.data, String)]);
  return digest(JSON.stringify([row.torch, inputs])).toString("hex", 0, 6);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The fixed weights by which an output is summed: multiples of 1/8 between −1.375 and 1.125, never 0. make-fixtures.py has the same. */
export const weight = (output: number, index: number): number => ((7 * index + 5 * output + 3) % 11) / 4 - 1.375;
