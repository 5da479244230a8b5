import type { Callable } from "../../assembler/function-builder.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";

const type = { params: ["i32", "i32", "i32"] } as const; // picture: the first window's place; gradients of one map; sums [taps, 4], to which is added

export interface TapDotSpec {
  /** Of a map. */
  readonly rows: number;
  readonly columns: number;
  /** From one row of the picture to the next, in elements. */
  readonly rowStride: number;
  /** How far the taps lie beyond the picture's place, in elements. */
  readonly offsets: readonly number[];
}

/** For each tap, the dot product of a map's gradients with the pixels that the tap meets, in four parts. */
export function tapDotKernel(context: KernelContext, spec: TapDotSpec): Callable<typeof type.params> {
  const { rows, columns, rowStride, offsets } = spec;
  const key = `tap dots ${JSON.stringify(spec)}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128 } = f;
    const [picture, gradients, sums] = f.args;
    const acc = f.localArray("v128", offsets.length);
    const [gradient, pixels, end] = [f.local("v128"), f.local("v128"), f.local("i32")];
    const rest = columns % 4;
    const wholeBytes = 4 * (columns - rest);
    const mask = Uint8Array.from({ length: 16 }, (_, i) => (i < 4 * rest ? 255 : 0));
    const step = (masked: boolean) => {
      // Both are masked: what lies beyond a row may be infinite.
      const only = (value: ReturnType<typeof v128.load>) => (masked ? v128.and(value, v128.const(mask)) : value);
      set(gradient, only(v128.load(get(gradients))));
      acc.forEach((sum, t) => {
        set(pixels, only(v128.load(get(picture), 4 * offsets[t]!)));
        multiplyAdd(context, f, sum, gradient, pixels, false);
      });
    };
    acc.forEach((sum, t) => {
      set(sum, v128.load(get(sums), 16 * t));
    });
    f.repeat(rows, () => {
      set(end, i32.add(get(gradients), i32.const(wholeBytes)));
      f.block((exit) => {
        f.loop((again) => {
          f.branchIf(exit, i32.geU(get(gradients), get(end)));
          step(false);
          f.increment(picture, 16);
          f.increment(gradients, 16);
          f.branch(again);
        });
      });
      if (rest > 0) step(true);
      f.increment(picture, 4 * rowStride - wholeBytes);
      f.increment(gradients, 4 * rest);
    });
    acc.forEach((sum, t) => {
      v128.store(get(sums), get(sum), 16 * t);
    });
    return f;
  });
}
