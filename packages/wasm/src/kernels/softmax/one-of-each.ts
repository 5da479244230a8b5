import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";

/** One vector of one lane each of up to four vectors whose lanes are all equal. */
export function oneOfEach({ get, set, v128, local }: FunctionBuilder, all: readonly Local<"v128">[]): Local<"v128"> {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => all[i] ?? all[0]!) as [Local<"v128">, ...Local<"v128">[]];
  if (all.length === 1) return a;
  const result = local("v128");
  const first = () => v128.shuffle(get(a), get(b!), [0, 4, 0, 4]);
  set(result, v128.shuffle(first(), v128.shuffle(get(c!), get(d!), [0, 4, 0, 4]), [0, 1, 4, 5]));
  return result;
}
