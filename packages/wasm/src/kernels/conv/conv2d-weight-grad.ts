import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute, pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import { gemm, gemmScratch } from "../gemm/gemm.ts";
import { packTransposed } from "../gemm/pack.ts";
import type { KernelContext } from "../kernel-context.ts";
import { roundUp } from "../round-up.ts";
import { splitEvenly } from "../split-evenly.ts";
import { type ConvSpec, convAxes, isPointwise } from "./conv-spec.ts";
import { windowAxis } from "./plane-axis.ts";
import { Planes } from "./planes.ts";
import { tapOffsets, writeTapTable } from "./tap-table.ts";
import { weightGradKernel } from "./weight-grad-kernel.ts";

export interface WeightGradAddresses {
  /** By the maps: [maps, outHeight, outWidth]. */
  readonly grad: Address;
  /** Pictures [channels, height, width]. */
  readonly x: Address;
  /** By the weights: [maps, channels/groups, kernelHeight, kernelWidth]. */
  readonly dw: Address;
}

/** The gradient by the weights, summed over the pictures of a batch. */
export function conv2dWeightGrad(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  return isPointwise(spec) ? pointwise(context, spec) : windowed(context, spec);
}

function pointwise(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  const pixels = spec.height * spec.width;
  const product = {
    m: spec.maps,
    n: spec.channels,
    k: pixels,
    lda: pixels,
    ldb: pixels,
    ldc: spec.channels,
    transposeA: false,
    transposeB: true,
    accumulate: true,
  };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    before(f, { dw }) {
      f.memoryFill(absolute(f, dw), f.i32.const(0), f.i32.const(4 * spec.maps * spec.channels));
    },
    each(f, { grad, x, dw, scratch }) {
      gemm(context, f, product, { a: grad, b: x, c: dw, scratch: scratch.panels! });
    },
  };
}

/** Sums [groups, taps, maps], so that maps fill vectors; they are transposed after the last picture. */
function windowed(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  const { channels, outHeight, outWidth, groups } = spec;
  const [vertical, horizontal] = convAxes(spec);
  const [rows, columns] = [windowAxis(vertical), windowAxis(horizontal)];
  const planes = new Planes(channels, rows.planes, columns.planes, outWidth);
  const taps = {
    channels: channels / groups,
    channelStride: planes.channelStride,
    offsets: tapOffsets(planes, rows.taps, columns.taps),
  };
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
      // Packing writes up to three pixels too many.
      panel: 4 * Math.min(tileColumns, roundUp(maps, 4)) * (pixels + 3),
      sums: sumBytes,
    },
    before(f, { scratch }) {
      planes.clear(f, scratch.picture!);
      writeTapTable(f, taps, scratch.table!);
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
          const kernel = weightGradKernel(context, size, vectors);
          f.repeat(count, () => {
            f.call(
              kernel,
              get(picture),
              get(table),
              i32.const(scratch.panel!),
              get(sums),
              i32.const(sumStride),
              i32.const(outHeight),
              i32.const(4 * outWidth),
              i32.const(4 * (planes.rowStride - outWidth)),
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
