import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { Local } from "../assembler/value-types.ts";
import type { KernelContext } from "./kernel-context.ts";

/** An address, and how many bytes further each vector is. */
export interface Moving {
  readonly address: Local<"i32">;
  readonly step: number;
}

/** Longer lines are a loop. */
const mostUnrolled = 16;

/**
 * Writes the code for a line of `count` values in vectors of four, as a loop if it is long. `body` writes the vector so many steps beyond where
 * the addresses are; the last may have fewer than 4 lanes. Afterwards the addresses are what they were.
 */
export function forEachVector(
  { engine }: KernelContext,
  f: FunctionBuilder,
  count: number,
  moving: readonly Moving[],
  body: (vector: number, lanes: number) => void,
): void {
  const whole = Math.floor(count / 4);
  const perTurn = engine.unroll;
  const turns = Math.ceil(count / 4) <= mostUnrolled ? 0 : Math.floor(whole / perTurn);
  const some = (vectors: number) => {
    for (let j = 0; j < vectors; j++) body(j, 4);
  };
  const move = (vectors: number) => {
    for (const { address, step } of moving) f.increment(address, vectors * step);
  };
  f.repeat(turns, () => {
    some(perTurn);
    move(perTurn);
  });
  const left = whole - turns * perTurn;
  some(left);
  if (count % 4 > 0) body(left, count % 4);
  move(-turns * perTurn);
}
