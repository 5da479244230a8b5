import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { absolute, pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import { packTransposed } from "../gemm/pack.ts";
import type { KernelContext } from "../kernel-context.ts";
import { roundUp } from "../round-up.ts";
import { splitEvenly } from "../split-evenly.ts";
import type { ConvSpec } from "./conv-spec.ts";
import type { WeightGradAddresses } from "./conv2d-weight-grad.ts";
import { writePixelSteps } from "./pixel-steps.ts";
import { writeTapTable } from "./tap-table.ts";
import { weightGradKernel } from "./weight-grad-kernel.ts";
import { windowsOf } from "./windows.ts";

/** The weights' gradient with a vector's lanes for maps: sums [groups, taps, maps], so that maps fill vectors; they are transposed after the last picture. */
export function weightGradByMaps(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  const { outHeight, outWidth, groups } = spec;
  const { planes, taps } = windowsOf(spec);
  const depth = taps.channels * taps.offsets.length;
  const maps = spec.maps / groups;
  const sumStride = 4 * roundUp(maps, 4);
  const sumBytes = groups * depth * sumStride;
  const { tileColumns, tileRows } = context.engine;
  const pixels = outHeight * outWidth;
  const panels = (f: FunctionBuilder, body: (columns: number) => void) => {
    f.repeat(Math.floor(maps / tileColumns), () => body(tileColumns));
    if (maps % tileColumns > 0) body(maps % tileColumns);
  };
  return {
    scratch: {
      picture: planes.bytes,
      table: 4 * depth,
      steps: 4 * pixels,
      // Packing writes up to three pixels too many.
      panel: 4 * Math.min(tileColumns, roundUp(maps, 4)) * (pixels + 3),
      sums: sumBytes,
    },
    before(f, { scratch }) {
      planes.clear(f, scratch.picture!);
      writeTapTable(f, taps, scratch.table!);
      writePixelSteps(f, { rows: outHeight, columns: outWidth, rowStride: planes.rowStride }, scratch.steps!);
      f.memoryFill(f.i32.const(scratch.sums!), f.i32.const(0), f.i32.const(sumBytes));
    },
    each(f, { grad, x, scratch }) {
      const { get, set, i32 } = f;
      f.call(planes.copier(context), absolute(f, x), i32.const(scratch.picture!));
      const gradient = pointer(f, grad);
      const picture = pointer(f, { offset: scratch.picture! });
      const groupSums = pointer(f, { offset: scratch.sums! });
      const [panelSums, sums, table] = [f.local("i32"), f.local("i32"), f.local("i32")];
      const panel = (width: number) => {
        const vectors = Math.ceil(width / 4);
        const packed = { rows: width, width: 4 * vectors, depth: pixels, stride: 4 * pixels };
        f.call(packTransposed(context, packed), get(gradient), i32.const(scratch.panel!));
        set(sums, get(panelSums));
        set(table, i32.const(scratch.table!));
        for (const { size, count } of splitEvenly(depth, tileRows[vectors]!)) {
          const kernel = weightGradKernel(context, { taps: size, vectors, columns: outWidth });
          f.repeat(count, () => {
            f.call(
              kernel,
              get(picture),
              get(table),
              i32.const(scratch.steps!),
              i32.const(scratch.steps! + 4 * pixels),
              i32.const(scratch.panel!),
              get(sums),
              i32.const(sumStride),
            );
            f.increment(table, 4 * size);
            f.increment(sums, size * sumStride);
          });
        }
        f.increment(gradient, 4 * width * pixels);
        f.increment(panelSums, 4 * width);
      };
      f.repeat(groups, () => {
        set(panelSums, get(groupSums));
        panels(f, panel);
        f.increment(picture, 4 * taps.channels * planes.channelStride);
        f.increment(groupSums, depth * sumStride);
      });
    },
    after(f, { dw, scratch }) {
      const { get, set, f32 } = f;
      const to = pointer(f, dw);
      const group = pointer(f, { offset: scratch.sums! });
      const [map, sum] = [f.local("i32"), f.local("i32")];
      f.repeat(groups, () => {
        set(map, get(group));
        f.repeat(maps, () => {
          set(sum, get(map));
          f.repeat(depth, () => {
            f32.store(get(to), f32.load(get(sum)));
            f.increment(to, 4);
            f.increment(sum, sumStride);
          });
          f.increment(map, 4);
        });
        f.increment(group, depth * sumStride);
      });
    },
  };
}
