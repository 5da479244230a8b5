import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";

/** Of four maxima and their places, one in each lane, sets all lanes to the one that counts: the first of equal ones, the last of NaNs. */
export function combineMaxima(f: FunctionBuilder, value: Local<"v128">, place: Local<"v128">): void {
  const { get, set, v128, f32x4, i32x4 } = f;
  const [otherValue, otherPlace, wins] = [f.local("v128"), f.local("v128"), f.local("v128")];
  const notANumber = (x: Local<"v128">) => f32x4.ne(get(x), get(x));
  for (const lanes of [[2, 3, 0, 1] as const, [1, 0, 3, 2] as const]) {
    set(otherValue, v128.shuffle(get(value), get(value), lanes));
    set(otherPlace, v128.shuffle(get(place), get(place), lanes));
    const isLater = () => i32x4.gt(get(otherPlace), get(place));
    set(wins, v128.andNot(f32x4.eq(get(otherValue), get(value)), isLater()));
    set(wins, v128.or(get(wins), f32x4.gt(get(otherValue), get(value))));
    set(
      wins,
      v128.or(get(wins), v128.and(notANumber(otherValue), v128.or(f32x4.eq(get(value), get(value)), isLater()))),
    );
    set(value, v128.bitSelect(get(otherValue), get(value), get(wins)));
    set(place, v128.bitSelect(get(otherPlace), get(place), get(wins)));
  }
}
