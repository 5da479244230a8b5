import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";
import { inHalves } from "./halves.ts";

/** ⌊a / b⌋ of integers, by float64, which holds them all. By 0: the largest or smallest integer. */
export function floorDivide(k: SimdAlgebra, a: Lanes, b: Lanes): Lanes {
  return k.outOfLine("floorDivide", "i32", [a, b], (k, ...operands) => {
    const { f } = k;
    const [result] = inHalves(k, operands, (a, b) => {
      const quotient = f.local("v128");
      f.set(quotient, f.f64x2.truncSatToI32x4(f.f64x2.floor(f.f64x2.div(f.get(a!), f.get(b!)))));
      return [quotient];
    });
    return { kind: "i32", local: result! };
  });
}
