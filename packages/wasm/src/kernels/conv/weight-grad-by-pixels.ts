import { pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type Parts, splitEvenly } from "../split-evenly.ts";
import type { ConvSpec } from "./conv-spec.ts";
import type { WeightGradAddresses } from "./conv2d-weight-grad.ts";
import { keepsOrder } from "./keeps-order.ts";
import { tapDotKernel } from "./tap-dot-kernel.ts";
import { windowsOfGroup } from "./windows.ts";

/** The weights' gradient with a vector's lanes for neighbouring pixels, for groups of few maps: each weight has four sums, added up after the last picture. */
export function weightGradByPixels(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  const { maps, groups, outHeight, outWidth, kernelWidth } = spec;
  const { planes, taps } = windowsOfGroup(spec);
  const weights = maps * taps.channels * taps.offsets.length;
  // The revectorizer would make pairs of sums that are neighbours in memory, whose pixels are not: that takes longer than single ones.
  const sumStride = context.engine.revectorize ? 32 : 16;
  const sumBytes = sumStride * weights;
  // Where all pixels are loaded before the first is multiplied, they need registers too.
  const most = keepsOrder(context.engine) ? 10 : 5;
  // Those of a column of weights meet the same pixels, in different rows.
  const inColumns = taps.offsets
    .map((offset, weight) => ({ weight, offset }))
    .sort((a, b) => (a.weight % kernelWidth) - (b.weight % kernelWidth));
  const kernels = cut(inColumns, splitEvenly(inColumns.length, most)).map((taps) =>
    tapDotKernel(context, { rows: outHeight, columns: outWidth, rowStride: planes.rowStride, taps, sumStride }),
  );
  return {
    scratch: { picture: planes.bytes, sums: sumBytes },
    before(f, { scratch }) {
      planes.clear(f, scratch.picture!);
      f.memoryFill(f.i32.const(scratch.sums!), f.i32.const(0), f.i32.const(sumBytes));
    },
    each(f, { grad, x, scratch }) {
      const { get, set, i32 } = f;
      const [groupPicture, gradients] = [pointer(f, x), pointer(f, grad)];
      const sums = pointer(f, { offset: scratch.sums! });
      const picture = f.local("i32");
      f.repeat(groups, () => {
        f.call(planes.copier(context), get(groupPicture), i32.const(scratch.picture!));
        f.repeat(maps / groups, () => {
          set(picture, i32.const(scratch.picture!));
          f.repeat(taps.channels, () => {
            for (const kernel of kernels) f.call(kernel, get(picture), get(gradients), get(sums));
            f.increment(picture, 4 * planes.channelStride);
            f.increment(sums, sumStride * taps.offsets.length);
          });
          f.increment(gradients, 4 * outHeight * outWidth);
        });
        f.increment(groupPicture, 4 * taps.channels * spec.height * spec.width);
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
        f.increment(sums, sumStride);
      });
    },
  };
}

/** A list in parts that follow each other. */
function cut<T>(list: readonly T[], parts: readonly Parts[]): T[][] {
  const rest = [...list];
  return parts.flatMap(({ size, count }) => Array.from({ length: count }, () => rest.splice(0, size)));
}
