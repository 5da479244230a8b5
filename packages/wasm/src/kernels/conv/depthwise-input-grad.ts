import { absolute, pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { compact } from "./compact.ts";
import { type ConvSpec, convAxes } from "./conv-spec.ts";
import type { InputGradAddresses } from "./conv2d-input-grad.ts";
import { type DepthwiseSpec, depthwiseKernel } from "./depthwise-kernel.ts";
import { beyond } from "./map-epilogue.ts";
import { gradientAxis } from "./plane-axis.ts";
import { Planes } from "./planes.ts";

/** Groups of one channel and one map. Without a stride each channel's gradient is written at once; else phase by phase. */
export function depthwiseInputGrad(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> {
  const { channels, height, width, kernelHeight, kernelWidth } = spec;
  const [vertical, horizontal] = convAxes(spec);
  const [rows, columns] = [gradientAxis(vertical), gradientAxis(horizontal)];
  const planes = new Planes(
    channels,
    rows.planes,
    columns.planes,
    Math.max(...columns.phases.map(({ count }) => count)),
  );
  const single = rows.phases.length === 1 && columns.phases.length === 1;
  const rowStride = single ? width : planes.rowStride;
  const phaseSize = Math.max(...rows.phases.map(({ count }) => count)) * rowStride;
  const kernels = rows.phases.flatMap((row) =>
    columns.phases.map((column): DepthwiseSpec => {
      const taps = row.places.flatMap((r, i) =>
        column.places.map((c, j) => {
          const [y, x] = [row.kernel.first + i * row.kernel.step, column.kernel.first + j * column.kernel.step];
          return { weight: y * kernelWidth + x, offset: planes.offset(0, r, 0, c) };
        }),
      );
      const size = { rows: row.count, columns: column.count, outStride: rowStride };
      return { ...size, rowStride: planes.rowStride, taps, epilogue: single ? epilogue : undefined };
    }),
  );
  const compacted = {
    channels,
    height,
    width,
    rowPhases: rows.phases.map(({ start, count }) => ({ start, count })),
    columnPhases: columns.phases.map(({ start, count }) => ({ start, count })),
    rowStride,
    channelStride: phaseSize,
    phaseStride: channels * phaseSize,
    epilogue,
  };
  const productBytes = single ? 0 : 4 * kernels.length * channels * phaseSize;
  return {
    scratch: { gradient: planes.bytes, products: productBytes },
    before(f, { scratch }) {
      planes.clear(f, scratch.gradient!);
      if (!single) f.memoryFill(f.i32.const(scratch.products!), f.i32.const(0), f.i32.const(productBytes));
    },
    each(f, { grad, w, dx, full, scratch }) {
      const { get, set, i32 } = f;
      f.call(planes.copier(context), absolute(f, grad), i32.const(scratch.gradient!));
      const [weights, source] = [pointer(f, w), pointer(f, { offset: scratch.gradient! })];
      const output = pointer(f, single ? dx : { offset: scratch.products! });
      const [channel, delta] = [f.local("i32"), f.local("i32")];
      set(channel, i32.const(0));
      set(delta, beyond(f, full, dx));
      f.repeat(channels, () => {
        kernels.forEach((kernel, phase) => {
          if (kernel.taps.length === 0 || kernel.rows * kernel.columns === 0) return;
          const place = () => i32.add(get(output), i32.const(4 * phase * channels * phaseSize));
          f.call(depthwiseKernel(context, kernel), get(weights), get(source), place(), get(channel), get(delta));
        });
        f.increment(weights, 4 * kernelHeight * kernelWidth);
        f.increment(source, 4 * planes.channelStride);
        f.increment(output, 4 * phaseSize);
        f.increment(channel, 4);
      });
      if (!single) {
        f.call(compact(context, compacted), i32.const(scratch.products!), absolute(f, dx), beyond(f, full, dx));
      }
    },
  };
}
