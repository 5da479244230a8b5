import type { Callable } from "../../assembler/function-builder.ts";
import type { V128 } from "../../assembler/value-types.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { laneMask } from "../lane-mask.ts";
import type { DepthwiseTap } from "./depthwise-kernel.ts";
import { keepsOrder } from "./keeps-order.ts";
import { placesOf } from "./places.ts";

const type = { params: ["i32", "i32", "i32"] } as const; // picture: the first window's place; gradients of one map; sums of the weights, four parts each, to which is added

export interface TapDotSpec {
  /** Of a map. */
  readonly rows: number;
  readonly columns: number;
  /** From one row of the picture to the next, in elements. */
  readonly rowStride: number;
  readonly taps: readonly DepthwiseTap[];
  /** From one weight's sums to the next, in bytes. */
  readonly sumStride: number;
}

/** For each tap, the dot product of a map's gradients with the pixels that the tap meets, in four parts. */
export function tapDotKernel(context: KernelContext, spec: TapDotSpec): Callable<typeof type.params> {
  const { rows, columns, rowStride, taps, sumStride } = spec;
  const key = `tap dots ${JSON.stringify(spec)}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128 } = f;
    const [picture, gradients, sums] = f.args;
    const acc = f.localArray("v128", taps.length);
    const ofRows = f.localArray("v128", keepsOrder(context.engine) ? 4 : 1);
    const [pixels, mask, end] = [f.local("v128"), f.local("v128"), f.local("i32")];
    const rest = columns % 4;
    const wholeBytes = 4 * (columns - rest);
    /** A vector of each of so many rows: a pixel is loaded once for all rows whose windows have it. */
    const step = (height: number, lanes: number) => {
      // Both are masked: what lies beyond a row may be infinite.
      const only = (value: V128) => (lanes < 4 ? v128.and(value, get(mask)) : value);
      const used = ofRows.slice(0, height);
      used.forEach((gradient, row) => {
        set(gradient, only(v128.load(get(gradients), 4 * row * columns)));
      });
      const terms = used.flatMap((gradient, row) =>
        taps.map(({ offset }, t) => ({ gradient, sum: acc[t]!, offset: offset + row * rowStride })),
      );
      for (const { offset, uses } of placesOf(terms)) {
        set(pixels, only(v128.load(get(picture), 4 * offset)));
        for (const { sum, gradient } of uses) multiplyAdd(context, f, sum, gradient, pixels, false);
      }
    };
    const acrossRows = (height: number) => {
      set(end, i32.add(get(gradients), i32.const(wholeBytes)));
      f.whileBelow(gradients, end, () => {
        step(height, 4);
        f.increment(picture, 16);
        f.increment(gradients, 16);
      });
      if (rest > 0) step(height, rest);
      f.increment(picture, 4 * height * rowStride - wholeBytes);
      f.increment(gradients, 4 * height * columns - wholeBytes);
    };
    // Once: V8 makes a constant anew wherever it is written.
    if (rest > 0) set(mask, laneMask(f, rest));
    acc.forEach((sum, t) => {
      set(sum, v128.load(get(sums), sumStride * taps[t]!.weight));
    });
    f.repeat(Math.floor(rows / ofRows.length), () => acrossRows(ofRows.length));
    if (rows % ofRows.length > 0) acrossRows(rows % ofRows.length);
    acc.forEach((sum, t) => {
      v128.store(get(sums), get(sum), sumStride * taps[t]!.weight);
    });
    return f;
  });
}
