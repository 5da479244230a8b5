import { absolute, pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import type { ConvSpec } from "./conv-spec.ts";
import type { ForwardAddresses } from "./conv2d-forward.ts";
import { depthwiseKernel } from "./depthwise-kernel.ts";
import { beyond } from "./map-epilogue.ts";
import { windowsOf } from "./windows.ts";

/** Groups of one channel: each map is made from one padded plane. */
export function depthwiseForward(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<ForwardAddresses> {
  const { planes, taps } = windowsOf(spec);
  const kernel = {
    rows: spec.outHeight,
    columns: spec.outWidth,
    rowStride: planes.rowStride,
    outStride: spec.outWidth,
    taps: taps.offsets.map((offset, weight) => ({ weight, offset })),
    epilogue,
  };
  return {
    scratch: { picture: planes.bytes },
    before(f, { scratch }) {
      planes.clear(f, scratch.picture!);
    },
    each(f, { x, w, y, full, scratch }) {
      const { get, set, i32 } = f;
      f.call(planes.copier(context), absolute(f, x), i32.const(scratch.picture!));
      const [weights, output] = [pointer(f, w), pointer(f, y)];
      const source = pointer(f, { offset: scratch.picture! });
      const [channel, delta] = [f.local("i32"), f.local("i32")];
      set(channel, i32.const(0));
      set(delta, beyond(f, full, y));
      f.repeat(spec.channels, () => {
        f.repeat(spec.maps / spec.channels, () => {
          f.call(depthwiseKernel(context, kernel), get(weights), get(source), get(output), get(channel), get(delta));
          f.increment(weights, 4 * taps.offsets.length);
          f.increment(output, 4 * spec.outHeight * spec.outWidth);
          f.increment(channel, 4);
        });
        f.increment(source, 4 * planes.channelStride);
      });
    },
  };
}
