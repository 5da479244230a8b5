import type { Tensor } from "@pointwise/tensor";
import type { Call } from "./call.ts";

/** What an ONNX operator does. */
export interface Operator {
  /** Its outputs, or the first of them; those after are not given. */
  run(call: Call): Tensor | readonly Tensor[];
  /** Inputs of floats that are settings or statistics: a tensor of the file that is only used so is not trained. */
  readonly settings?: readonly number[];
  /** Whether it reads shapes alone, so that its result is known without the values of its inputs. */
  readonly ofShapes?: boolean;
}

export type Operators = Readonly<Record<string, Operator>>;

/** Operators of which each is one expression of its inputs. */
export function each(table: Readonly<Record<string, (call: Call) => Tensor>>): Operators {
  return Object.fromEntries(Object.entries(table).map(([name, run]) => [name, { run }]));
}
