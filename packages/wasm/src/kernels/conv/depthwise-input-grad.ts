import { pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, convAxes } from "./conv-spec.ts";
import type { InputGradAddresses } from "./conv2d-input-grad.ts";
import { type DepthwiseTap, depthwiseKernel } from "./depthwise-kernel.ts";
import { beyond } from "./map-epilogue.ts";
import { type GradientPhase, gradientAxis } from "./plane-axis.ts";
import { Planes } from "./planes.ts";

/** Groups of one channel and few maps: a channel's gradient is the sum of what each of its maps gives. */
export function depthwiseInputGrad(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> {
  const { channels, height, width, kernelHeight, kernelWidth, outHeight, outWidth } = spec;
  const mapsOfChannel = spec.maps / channels;
  const [vertical, horizontal] = convAxes(spec);
  const [rows, columns] = [gradientAxis(vertical), gradientAxis(horizontal)];
  // The planes of one map at a time: what is copied is still in the nearest cache when it is read.
  const planes = new Planes(
    1,
    rows.planes,
    columns.planes,
    Math.max(...columns.phases.map(({ count }) => count)),
    true,
  );
  const tapsOf = (row: GradientPhase, column: GradientPhase): DepthwiseTap[] =>
    row.places.flatMap((r, i) =>
      column.places.map((c, j) => {
        const [y, x] = [row.kernel.first + i * row.kernel.step, column.kernel.first + j * column.kernel.step];
        return { weight: y * kernelWidth + x, offset: planes.offset(0, r, 0, c) };
      }),
    );
  const kernel = {
    ...{ rows: height, columns: width, rowStride: planes.rowStride },
    phases: inOrder(rows.phases).map((row) => inOrder(columns.phases).map((column) => tapsOf(row, column))),
  };
  return {
    scratch: { gradient: planes.bytes },
    before(f, { scratch }) {
      planes.clear(f, scratch.gradient!);
    },
    each(f, { grad, w, dx, full, scratch }) {
      const { get, set, i32 } = f;
      const [weights, gradient, output] = [pointer(f, w), pointer(f, grad), pointer(f, dx)];
      const [channel, delta] = [f.local("i32"), f.local("i32")];
      set(channel, i32.const(0));
      set(delta, beyond(f, full, dx));
      const source = () => i32.const(scratch.gradient!);
      f.repeat(channels, () => {
        for (let map = 0; map < mapsOfChannel; map++) {
          const isLast = map === mapsOfChannel - 1;
          const part = { ...kernel, accumulate: map > 0, epilogue: isLast ? epilogue : undefined };
          f.call(planes.copier(context), get(gradient), source());
          f.call(depthwiseKernel(context, part), get(weights), source(), get(output), get(channel), get(delta));
          f.increment(weights, 4 * kernelHeight * kernelWidth);
          f.increment(gradient, 4 * outHeight * outWidth);
        }
        f.increment(output, 4 * height * width);
        f.increment(channel, 4);
      });
    },
  };
}

/** The phases of pixel 0, 1, ... */
const inOrder = (phases: readonly GradientPhase[]): GradientPhase[] => [...phases].sort((a, b) => a.start - b.start);
