import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { Local, V128 } from "../assembler/value-types.ts";

/** Sets all lanes to what `combine`, which takes two vectors lane by lane, makes of them. */
export function combineLanes(
  { get, set, v128, local }: FunctionBuilder,
  x: Local<"v128">,
  combine: (a: V128, b: V128) => V128,
): void {
  const pairs = local("v128");
  set(pairs, combine(get(x), v128.shuffle(get(x), get(x), [2, 3, 0, 1])));
  set(x, combine(get(pairs), v128.shuffle(get(pairs), get(pairs), [1, 0, 3, 2])));
}
