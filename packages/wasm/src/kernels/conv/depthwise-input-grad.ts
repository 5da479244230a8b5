import { pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, convAxes } from "./conv-spec.ts";
import type { InputGradAddresses } from "./conv2d-input-grad.ts";
import { type DepthwiseSpec, type DepthwiseTap, depthwiseKernel } from "./depthwise-kernel.ts";
import { beyond } from "./map-epilogue.ts";
import { gradientAxis } from "./plane-axis.ts";
import { Planes } from "./planes.ts";

/** Groups of one channel and one map. Each row is written at once: its columns alternate between the phases of a stride. */
export function depthwiseInputGrad(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> {
  const { channels, height, width, kernelHeight, kernelWidth, outHeight, outWidth } = spec;
  const [vertical, horizontal] = convAxes(spec);
  const [rows, columns] = [gradientAxis(vertical), gradientAxis(horizontal)];
  // The planes of one channel at a time: what is copied is still in the nearest cache when it is read.
  const planes = new Planes(1, rows.planes, columns.planes, Math.max(...columns.phases.map(({ count }) => count)));
  const columnPhases = [...columns.phases].sort((a, b) => a.start - b.start);
  const kernels = rows.phases.map((row): DepthwiseSpec => {
    const phases = columnPhases.map((column) =>
      row.places.flatMap((r, i) =>
        column.places.map((c, j): DepthwiseTap => {
          const [y, x] = [row.kernel.first + i * row.kernel.step, column.kernel.first + j * column.kernel.step];
          return { weight: y * kernelWidth + x, offset: planes.offset(0, r, 0, c) };
        }),
      ),
    );
    const size = { rows: row.count, columns: width, rowStride: planes.rowStride };
    return { ...size, outStart: row.start * width, outStride: rows.phases.length * width, phases, epilogue };
  });
  return {
    scratch: { gradient: planes.bytes },
    before(f, { scratch }) {
      planes.clear(f, scratch.gradient!);
    },
    each(f, { grad, w, dx, full, scratch }) {
      const { get, set, i32 } = f;
      const [weights, gradient, output] = [pointer(f, w), pointer(f, grad), pointer(f, dx)];
      const source = () => i32.const(scratch.gradient!);
      const [channel, delta] = [f.local("i32"), f.local("i32")];
      set(channel, i32.const(0));
      set(delta, beyond(f, full, dx));
      f.repeat(channels, () => {
        f.call(planes.copier(context), get(gradient), source());
        for (const kernel of kernels) {
          f.call(depthwiseKernel(context, kernel), get(weights), source(), get(output), get(channel), get(delta));
        }
        f.increment(weights, 4 * kernelHeight * kernelWidth);
        f.increment(gradient, 4 * outHeight * outWidth);
        f.increment(output, 4 * height * width);
        f.increment(channel, 4);
      });
    },
  };
}
