import { pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import type { ConvSpec } from "./conv-spec.ts";
import type { ForwardAddresses } from "./conv2d-forward.ts";
import { depthwiseKernel } from "./depthwise-kernel.ts";
import { beyond } from "./map-epilogue.ts";
import { windowsOfGroup } from "./windows.ts";

/** Groups of one channel: each map is made from one padded plane. */
export function depthwiseForward(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<ForwardAddresses> {
  const { planes, taps } = windowsOfGroup(spec);
  const kernel = {
    rows: spec.outHeight,
    columns: spec.outWidth,
    rowStride: planes.rowStride,
    phases: [[taps.offsets.map((offset, weight) => ({ weight, offset }))]],
    accumulate: false,
    epilogue,
  };
  return {
    scratch: { picture: planes.bytes },
    before(f, { scratch }) {
      planes.clear(f, scratch.picture!);
    },
    each(f, { x, w, y, full, scratch }) {
      const { get, set, i32 } = f;
      const [weights, picture, output] = [pointer(f, w), pointer(f, x), pointer(f, y)];
      const [channel, delta] = [f.local("i32"), f.local("i32")];
      set(channel, i32.const(0));
      set(delta, beyond(f, full, y));
      const source = () => i32.const(scratch.picture!);
      f.repeat(spec.channels, () => {
        f.call(planes.copier(context), get(picture), source());
        f.repeat(spec.maps / spec.channels, () => {
          f.call(depthwiseKernel(context, kernel), get(weights), source(), get(output), get(channel), get(delta));
          f.increment(weights, 4 * taps.offsets.length);
          f.increment(output, 4 * spec.outHeight * spec.outWidth);
          f.increment(channel, 4);
        });
        f.increment(picture, 4 * spec.height * spec.width);
      });
    },
  };
}
