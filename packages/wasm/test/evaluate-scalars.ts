import { numberAlgebra } from "@pointwise/tensor";
import { type Scalar, ScalarAlgebra, simd128 } from "../src/index.ts";
import { dataStart, instantiate } from "./instantiate.ts";

/** An expression of the scalar algebra, evaluated for equally many values of each operand: float64 or int32. */
export function evaluateScalars<Out extends Float64Array | Int32Array>(
  expression: (k: ScalarAlgebra, ...x: Scalar[]) => Scalar,
  x: readonly (Float64Array | Int32Array)[],
  out: Out,
): Out {
  const count = x[0]!.length;
  const address = (i: number) => dataStart + i * count * 8;
  const { exp, expm1, log, log1p, sin, cos, tanh, erf, pow } = numberAlgebra();
  const { exports, memory } = instantiate(
    simd128,
    (context) => {
      const f = context.module.function("loop", { params: [] });
      const { get, i32, f64 } = f;
      const i = f.local("i32");
      const k = new ScalarAlgebra(context, f, () => i32.shrU(get(i), i32.const(3)));
      f.loop((again) => {
        const operands = x.map((values, j) =>
          values instanceof Float64Array
            ? k.keepFloat(f64.load(get(i), address(j)))
            : k.keepInteger(i32.load(get(i), address(j))),
        );
        const result = expression(k, ...operands);
        if (out instanceof Float64Array) f64.store(get(i), k.float(result), address(x.length));
        else i32.store(get(i), k.integer(result), address(x.length));
        f.increment(i, 8);
        f.branchIf(again, i32.ltU(get(i), i32.const(8 * count)));
      });
      context.module.export(f);
    },
    { host: { exp, expm1, log, log1p, sin, cos, tanh, erf, pow } },
  );
  x.forEach((values, j) => {
    if (values instanceof Float64Array) new Float64Array(memory.buffer, address(j), count).set(values);
    else for (let i = 0; i < count; i++) new Int32Array(memory.buffer, address(j), 2 * count)[2 * i] = values[i]!;
  });
  exports.loop!();
  const step = out instanceof Float64Array ? 1 : 2;
  const Data = out instanceof Float64Array ? Float64Array : Int32Array;
  const results = new Data(memory.buffer, address(x.length), step * count);
  for (let i = 0; i < count; i++) out[i] = results[step * i]!;
  return out;
}
