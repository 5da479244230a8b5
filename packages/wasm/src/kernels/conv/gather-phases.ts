import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";

/** Sets a vector to four neighbouring columns, which alternate between phases, each with vectors of its own. */
export function gatherPhases(
  { get, set, v128 }: FunctionBuilder,
  to: Local<"v128">,
  firstColumn: number,
  phases: readonly (readonly Local<"v128">[])[],
): void {
  const wanted = [0, 1, 2, 3].map((lane) => {
    const index = Math.floor((firstColumn + lane) / phases.length);
    return { vector: phases[(firstColumn + lane) % phases.length]![Math.floor(index / 4)]!, lane: index % 4 };
  });
  const [first, ...others] = new Set(wanted.map(({ vector }) => vector));
  let from = first!;
  for (const vector of others) {
    const choose = (lane: number) => {
      if (wanted[lane]!.vector === vector) return 4 + wanted[lane]!.lane;
      return from === to ? lane : wanted[lane]!.lane;
    };
    set(to, v128.shuffle(get(from), get(vector), [choose(0), choose(1), choose(2), choose(3)]));
    from = to;
  }
}
