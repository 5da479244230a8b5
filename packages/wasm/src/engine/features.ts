/**
 * Whether the machine that runs this would take a module of one function, given in bytes from its type section on. Bytes, since this runs first of all
 * in every process, where the assembler takes its time.
 */
function accepts(...sections: readonly number[]): boolean {
  if (typeof WebAssembly === "undefined") return false;
  return WebAssembly.validate(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections]));
}

/** 128-bit vectors: `i8x16.splat (i32.const 0)` is a v128. @see https://github.com/WebAssembly/simd */
export const hasSimd = (): boolean =>
  accepts(1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x41, 0, 0xfd, 0x0f, 0x0b);

/** Asked for each module that is compiled. */
let relaxedSimd: boolean | undefined;

/** Fused multiply-add: `f32x4.relaxed_madd` of a v128, three times, is a v128. @see https://github.com/WebAssembly/relaxed-simd */
export function hasRelaxedSimd(): boolean {
  const body = [0x20, 0, 0x20, 0, 0x20, 0, 0xfd, 0x85, 0x02, 0x0b];
  relaxedSimd ??= accepts(1, 6, 1, 0x60, 1, 0x7b, 1, 0x7b, 3, 2, 1, 0, 10, 13, 1, 11, 0, ...body);
  return relaxedSimd;
}

/**
 * Whether V8 keeps sums in registers in functions that do more than multiply and add: not before 13.5 (Node 20 and 22). V8 tells no one its version;
 * Float16Array came with 13.5, and to other engines before relaxed SIMD.
 */
export const keepsSums = (): boolean => "Float16Array" in globalThis;
