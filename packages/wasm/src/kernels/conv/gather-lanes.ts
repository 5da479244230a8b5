import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";

/** Sets a vector to four lanes of other vectors, counted through all of them. */
export function gatherLanes(
  { get, set, v128 }: FunctionBuilder,
  to: Local<"v128">,
  vectors: readonly Local<"v128">[],
  lanes: readonly number[],
): void {
  const wanted = lanes.map((lane) => ({ vector: vectors[Math.floor(lane / 4)]!, lane: lane % 4 }));
  const [first, ...others] = new Set(wanted.map(({ vector }) => vector));
  let from = first!;
  for (const vector of others.length > 0 ? others : [from]) {
    const choose = (lane: number) => {
      if (wanted[lane]!.vector === vector) return 4 + wanted[lane]!.lane;
      return from === to ? lane : wanted[lane]!.lane;
    };
    set(to, v128.shuffle(get(from), get(vector), [choose(0), choose(1), choose(2), choose(3)]));
    from = to;
  }
}
