import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";

/** A pointer, and how many bytes it moves a column. */
export interface Moving {
  readonly pointer: Local<"i32">;
  readonly perColumn: number;
}

/** More columns than this are a loop. */
const mostUnrolled = 64;

/**
 * Writes `body` for every few of a row's columns, with the number of them that exist. Long rows are a loop that moves the pointers, which are
 * back in place at the end.
 * @param step so many columns at a time
 * @param period of the columns whose pointers move by a whole number of bytes
 */
export function acrossRow(
  f: FunctionBuilder,
  columns: number,
  moving: readonly Moving[],
  body: (column: number, count: number) => void,
  { step = 4, period = 1 } = {},
): void {
  const several = (from: number, to: number) => {
    for (let column = from; column < to; column += step) body(column, Math.min(step, to - column));
  };
  if (columns <= mostUnrolled) {
    several(0, columns);
    return;
  }
  const chunk = step * period * Math.max(1, Math.floor(16 / (step * period)));
  const chunks = Math.floor(columns / chunk);
  const move = (by: number) => {
    for (const { pointer, perColumn } of moving) f.increment(pointer, by * perColumn);
  };
  f.repeat(chunks, () => {
    several(0, chunk);
    move(chunk);
  });
  several(0, columns - chunks * chunk);
  move(-chunks * chunk);
}
