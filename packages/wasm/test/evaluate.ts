import type { ConstantPolicy, Engine, HostImports, Lanes } from "../src/index.ts";
import { SimdAlgebra, simd128 } from "../src/index.ts";
import { dataStart, instantiate } from "./instantiate.ts";

/** Float32Array: float32; Int32Array: int32; Uint8Array: bool. */
export type Values = Float32Array | Int32Array | Uint8Array;
export type Kind = "f32" | "i32" | "bool";

const kindOf = (x: Values): Kind => (x instanceof Float32Array ? "f32" : x instanceof Int32Array ? "i32" : "bool");

export interface EvaluateOptions {
  readonly engine?: Engine;
  readonly constants?: ConstantPolicy;
  readonly out?: Kind;
  readonly host?: Partial<Record<keyof HostImports, (...x: number[]) => number>>;
}

/** An expression of the SIMD algebra, evaluated in a loop over equally many values of each operand. Bools become masks, and masks bools. */
export function evaluate(
  expression: (k: SimdAlgebra, ...x: Lanes[]) => Lanes,
  x: readonly Values[],
  { engine = simd128, constants = "splat", out = "f32", host = {} }: EvaluateOptions = {},
): Values {
  const count = x[0]!.length;
  const groups = Math.ceil(count / 4);
  const address = (i: number) => dataStart + i * groups * 16;
  const { exports, memory } = instantiate(
    engine,
    (context) => {
      const f = context.module.function("loop", { params: [] });
      const { get, set, i32, i32x4, v128 } = f;
      const i = f.local("i32");
      const index = () => i32x4.add(i32x4.splat(i32.shrU(get(i), i32.const(2))), i32x4.const(0, 1, 2, 3));
      const k = new SimdAlgebra(context, f, constants, index);
      f.loop((again) => {
        const operands = x.map((values, j): Lanes => {
          const kind = kindOf(values);
          if (kind !== "bool") return k.keep(kind, v128.load(get(i), address(j)));
          return k.keep("mask", i32x4.ne(v128.load(get(i), address(j)), v128.zero()));
        });
        const result = expression(k, ...operands);
        const push = {
          f32: () => k.floats(result),
          i32: () => k.integers(result),
          bool: () => v128.and(k.mask(result), i32x4.const(1)),
        };
        v128.store(get(i), push[out](), address(x.length));
        set(i, i32.add(get(i), i32.const(16)));
        f.branchIf(again, i32.ltU(get(i), i32.const(16 * groups)));
      });
      context.module.export(f);
    },
    { pages: Math.ceil(address(x.length + 1) / 65536) + 1, host },
  );
  x.forEach((values, j) => {
    const Data = kindOf(values) === "f32" ? Float32Array : Int32Array;
    new Data(memory.buffer, address(j), count).set(values);
  });
  exports.loop!();
  if (out === "f32") return new Float32Array(memory.buffer, address(x.length), count);
  const integers = new Int32Array(memory.buffer, address(x.length), count);
  return out === "i32" ? integers : Uint8Array.from(integers);
}
