import type { FunctionBuilder } from "../assembler/function-builder.ts";
import { ModuleBuilder } from "../assembler/module-builder.ts";

/** Whether the machine that runs this would take a function of that body. */
function accepts(write: (f: FunctionBuilder) => void): boolean {
  if (typeof WebAssembly === "undefined") return false;
  const module = new ModuleBuilder({});
  write(module.function("probe", { params: [] }));
  return WebAssembly.validate(module.encode());
}

/** 128-bit vectors. @see https://github.com/WebAssembly/simd */
export const hasSimd = (): boolean =>
  accepts(({ set, local, v128, f32x4 }) => set(local("v128"), f32x4.add(v128.zero(), v128.zero())));

/** Asked for each module that is compiled. */
let relaxedSimd: boolean | undefined;

/** Fused multiply-add. @see https://github.com/WebAssembly/relaxed-simd */
export function hasRelaxedSimd(): boolean {
  relaxedSimd ??= accepts(({ set, local, v128, f32x4 }) =>
    set(local("v128"), f32x4.relaxedMadd(v128.zero(), v128.zero(), v128.zero())),
  );
  return relaxedSimd;
}

/**
 * Whether V8 keeps sums in registers in functions that do more than multiply and add: not before 13.5 (Node 20 and 22). V8 tells no one its version;
 * Float16Array came with 13.5, and to other engines before relaxed SIMD.
 */
export const keepsSums = (): boolean => "Float16Array" in globalThis;
