import { absolute, pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { KernelContext } from "../kernel-context.ts";
import { splitEvenly } from "../split-evenly.ts";
import type { ConvSpec } from "./conv-spec.ts";
import type { WeightGradAddresses } from "./conv2d-weight-grad.ts";
import { tapDotKernel } from "./tap-dot-kernel.ts";
import { windowsOf } from "./windows.ts";

/** The weights' gradient with a vector's lanes for neighbouring pixels, for groups of few maps: each weight has four sums, added up after the last picture. */
export function weightGradByPixels(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  const { maps, groups, outHeight, outWidth } = spec;
  const { planes, taps } = windowsOf(spec);
  const weights = maps * taps.channels * taps.offsets.length;
  const sumBytes = 16 * weights;
  // Without a fused multiply-add, V8 of Node 20 loads all pixels before it multiplies them: they need registers too.
  const blocks = splitEvenly(taps.offsets.length, context.engine.relaxedMadd && !context.engine.bareTiles ? 10 : 5);
  return {
    scratch: { picture: planes.bytes, sums: sumBytes },
    before(f, { scratch }) {
      planes.clear(f, scratch.picture!);
      f.memoryFill(f.i32.const(scratch.sums!), f.i32.const(0), f.i32.const(sumBytes));
    },
    each(f, { grad, x, scratch }) {
      const { get, set, i32 } = f;
      f.call(planes.copier(context), absolute(f, x), i32.const(scratch.picture!));
      const gradients = pointer(f, grad);
      const groupPicture = pointer(f, { offset: scratch.picture! });
      const sums = pointer(f, { offset: scratch.sums! });
      const picture = f.local("i32");
      f.repeat(groups, () => {
        f.repeat(maps / groups, () => {
          set(picture, get(groupPicture));
          f.repeat(taps.channels, () => {
            let first = 0;
            for (const { size, count } of blocks) {
              for (let i = 0; i < count; i++, first += size) {
                const offsets = taps.offsets.slice(first, first + size);
                const kernel = { rows: outHeight, columns: outWidth, rowStride: planes.rowStride, offsets };
                f.call(tapDotKernel(context, kernel), get(picture), get(gradients), get(sums));
                f.increment(sums, 16 * size);
              }
            }
            f.increment(picture, 4 * planes.channelStride);
          });
          f.increment(gradients, 4 * outHeight * outWidth);
        });
        f.increment(groupPicture, 4 * taps.channels * planes.channelStride);
      });
    },
    after(f, { dw, scratch }) {
      const { get, f32 } = f;
      const to = pointer(f, dw);
      const sums = pointer(f, { offset: scratch.sums! });
      f.repeat(weights, () => {
        const half = (offset: number) => f32.add(f32.load(get(sums), offset), f32.load(get(sums), offset + 4));
        f32.store(get(to), f32.add(half(0), half(8)));
        f.increment(to, 4);
        f.increment(sums, 16);
      });
    },
  };
}
