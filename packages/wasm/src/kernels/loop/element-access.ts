import type { Vector } from "../../algebra/lanes.ts";
import type { SimdAlgebra } from "../../algebra/simd-algebra.ts";
import type { I32 } from "../../assembler/value-types.ts";
import { storeLanes } from "../store-lanes.ts";
import type { ElementType, LoopScalar } from "./loop-spec.ts";

export const bytesOf = (type: ElementType): number => (type === "bool" ? 1 : 4);

/** Four neighbouring elements. Bools lie in memory as bytes. */
export function loadVector(k: SimdAlgebra, type: ElementType, address: () => I32, offset: number): Vector {
  const { v128, i32x4 } = k.f;
  if (type !== "bool") return k.keep(type === "float32" ? "f32" : "i32", v128.load(address(), offset));
  return k.keep("mask", i32x4.ne(i32x4.extendLowBytes(v128.load32Zero(address(), offset)), v128.zero()));
}

/** One element in all four lanes. */
export function loadSplat(k: SimdAlgebra, type: LoopScalar["type"], address: () => I32, offset: number): Vector {
  const { v128, i32x4, i32, f32, f64, f32x4 } = k.f;
  if (type === "bool") {
    return k.keep("mask", i32x4.ne(i32x4.splat(i32.load8U(address(), offset)), v128.zero()));
  }
  if (type === "float64") return k.keep("f32", f32x4.splat(f32.demote(f64.load(address(), offset))));
  return k.keep(type === "float32" ? "f32" : "i32", v128.load32Splat(address(), offset));
}

/** Stores the first `lanes` elements. */
export function storeVector(
  k: SimdAlgebra,
  type: ElementType,
  value: Parameters<SimdAlgebra["floats"]>[0],
  address: () => I32,
  offset: number,
  lanes: number,
): void {
  const { f } = k;
  const { v128, i32x4, i32, get } = f;
  if (type !== "bool") {
    const { local } = type === "float32" ? k.keep("f32", k.floats(value)) : k.keep("i32", k.integers(value));
    storeLanes(f, address, local, offset, lanes);
    return;
  }
  const bytes = k.keep("i32", v128.and(i32x4.lowBytes(k.mask(value)), i32x4.const(0x01010101)));
  if (lanes === 4) v128.store32Lane(address(), get(bytes.local), offset, 0);
  else {
    for (let lane = 0; lane < lanes; lane++) {
      i32.store8(address(), i32.shrU(i32.extractLane(get(bytes.local), 0), i32.const(8 * lane)), offset + lane);
    }
  }
}
