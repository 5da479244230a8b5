import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { Local } from "../assembler/value-types.ts";

/** Four vectors as the rows of a matrix, transposed in place. */
export function transposeLanes(
  { get, set, v128, localArray }: FunctionBuilder,
  [a, b, c, d]: readonly [Local<"v128">, Local<"v128">, Local<"v128">, Local<"v128">],
): void {
  const [low01, low23, high01, high23] = localArray("v128", 4);
  set(low01!, v128.shuffle(get(a), get(b), [0, 4, 1, 5]));
  set(low23!, v128.shuffle(get(c), get(d), [0, 4, 1, 5]));
  set(high01!, v128.shuffle(get(a), get(b), [2, 6, 3, 7]));
  set(high23!, v128.shuffle(get(c), get(d), [2, 6, 3, 7]));
  set(a, v128.shuffle(get(low01!), get(low23!), [0, 1, 4, 5]));
  set(b, v128.shuffle(get(low01!), get(low23!), [2, 3, 6, 7]));
  set(c, v128.shuffle(get(high01!), get(high23!), [0, 1, 4, 5]));
  set(d, v128.shuffle(get(high01!), get(high23!), [2, 3, 6, 7]));
}
