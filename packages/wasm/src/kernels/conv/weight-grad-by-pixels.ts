import { pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, convAxes } from "./conv-spec.ts";
import type { WeightGradAddresses } from "./conv2d-weight-grad.ts";
import { keepsOrder } from "./keeps-order.ts";
import { maskBytes, writeMasks } from "./place-reader.ts";
import { weightKeyAt } from "./places.ts";
import { vectorSums, windowReach } from "./reach.ts";
import { tapDotKernel } from "./tap-dot-kernel.ts";

/** The weights' gradient with a vector's lanes for neighbouring pixels, for groups of few maps: the lanes of sums are added up after the last picture. */
export function weightGradByPixels(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  const { maps, channels, groups, height, width, outHeight, outWidth, kernelHeight, kernelWidth } = spec;
  const [vertical, horizontal] = convAxes(spec);
  const [rows, columns] = [windowReach(vertical), windowReach(horizontal)];
  const groupChannels = channels / groups;
  // Those of a column of weights meet the same pixels, in different rows.
  const ofLanes = new Map(
    vectorSums(columns).terms.flatMap((term) =>
      Array.from({ length: kernelHeight }, (_, row) => [
        weightKeyAt(row, term),
        term.weights.map((column) => column !== undefined && row * kernelWidth + column),
      ]),
    ),
  );
  const keys = [...ofLanes.keys()];
  // The revectorizer would make pairs of sums that are neighbours in memory, whose pixels are not: that takes longer than single ones.
  const sumStride = context.engine.revectorize ? 32 : 16;
  const mapBytes = sumStride * keys.length;
  const sumBytes = mapBytes * maps * groupChannels;
  // Where all pixels are loaded before the first is multiplied, they need registers too.
  const most = keepsOrder(context.engine) ? 10 : 5;
  const perKernel = Math.ceil(keys.length / Math.ceil(keys.length / most));
  const kernels = Array.from({ length: Math.ceil(keys.length / perKernel) }, (_, i) => {
    const sums = keys.slice(i * perKernel, (i + 1) * perKernel);
    return {
      kernel: tapDotKernel(context, { rows, columns, sums, sumStride }),
      bytes: sumStride * sums.length,
    };
  });
  return {
    scratch: { sums: sumBytes, masks: maskBytes },
    before(f, { scratch }) {
      writeMasks(f, scratch.masks!);
      f.memoryFill(f.i32.const(scratch.sums!), f.i32.const(0), f.i32.const(sumBytes));
    },
    each(f, { grad, x, scratch }) {
      const { get, set, i32 } = f;
      const [groupPicture, gradients] = [pointer(f, x), pointer(f, grad)];
      const sums = pointer(f, { offset: scratch.sums! });
      const picture = f.local("i32");
      f.repeat(groups, () => {
        f.repeat(maps / groups, () => {
          set(picture, get(groupPicture));
          f.repeat(groupChannels, () => {
            for (const { kernel, bytes } of kernels) {
              f.call(kernel, get(picture), get(gradients), get(sums), i32.const(scratch.masks!));
              f.increment(sums, bytes);
            }
            f.increment(picture, 4 * height * width);
          });
          f.increment(gradients, 4 * outHeight * outWidth);
        });
        f.increment(groupPicture, 4 * groupChannels * height * width);
      });
    },
    after(f, { dw, scratch }) {
      const { get, f32 } = f;
      const to = pointer(f, dw);
      const sums = pointer(f, { offset: scratch.sums! });
      f.repeat(maps * groupChannels, () => {
        for (let weight = 0; weight < kernelHeight * kernelWidth; weight++) {
          const parts = [...ofLanes.values()].flatMap((weights, i) =>
            weights.flatMap((of, lane) => (of === weight ? [sumStride * i + 4 * lane] : [])),
          );
          const sum = () => parts.map((offset) => f32.load(get(sums), offset)).reduce((a, b) => f32.add(a, b));
          f32.store(get(to), sum(), 4 * weight);
        }
        f.increment(to, 4 * kernelHeight * kernelWidth);
        f.increment(sums, mapBytes);
      });
    },
  };
}
