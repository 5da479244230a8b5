import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { tileParameters } from "./tile-parameters.ts";

/**
 * Writes a loop over tiles that lie one below the other, around the code for one. Within one function, since a call for each costs up
 * to a tenth of what a tile takes.
 * @param step from one tile to the next, in bytes of A and C, and in rows
 * @param tile the code for a tile, given the places of its first row of A and column of B, which it may move
 */
export function forEachTile(
  f: FunctionBuilder<typeof tileParameters.params>,
  tiles: number,
  step: { readonly a: number; readonly c: number; readonly rows: number },
  tile: (a: Local<"i32">, b: Local<"i32">) => void,
): void {
  const { get, set } = f;
  const [a, b, c, , rowOffset] = f.args;
  const [placeInA, placeInB] = [f.local("i32"), f.local("i32")];
  f.repeat(tiles, () => {
    set(placeInA, get(a));
    set(placeInB, get(b));
    tile(placeInA, placeInB);
    f.increment(a, step.a);
    f.increment(c, step.c);
    f.increment(rowOffset, 4 * step.rows);
  });
}
