import { pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, convAxes } from "./conv-spec.ts";
import type { ForwardAddresses } from "./conv2d-forward.ts";
import { depthwiseKernel } from "./depthwise-kernel.ts";
import { beyond } from "./map-epilogue.ts";
import { maskBytes, writeMasks } from "./place-reader.ts";
import { windowReach } from "./reach.ts";

/** Groups of one channel: each map is made from one channel. */
export function depthwiseForward(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<ForwardAddresses> {
  const [vertical, horizontal] = convAxes(spec);
  const kernel = {
    rows: windowReach(vertical),
    columns: windowReach(horizontal),
    kernelWidth: spec.kernelWidth,
    accumulate: false,
    epilogue,
  };
  return {
    scratch: { masks: maskBytes },
    before(f, { scratch }) {
      writeMasks(f, scratch.masks!);
    },
    each(f, { x, w, y, full, scratch }) {
      const { get, set, i32 } = f;
      const [weights, picture, output] = [pointer(f, w), pointer(f, x), pointer(f, y)];
      const [channel, delta] = [f.local("i32"), f.local("i32")];
      set(channel, i32.const(0));
      set(delta, beyond(f, full, y));
      f.repeat(spec.channels, () => {
        f.repeat(spec.maps / spec.channels, () => {
          f.call(
            depthwiseKernel(context, kernel),
            get(weights),
            get(picture),
            get(output),
            get(channel),
            get(delta),
            i32.const(scratch.masks!),
          );
          f.increment(weights, 4 * spec.kernelHeight * spec.kernelWidth);
          f.increment(output, 4 * spec.outHeight * spec.outWidth);
          f.increment(channel, 4);
        });
        f.increment(picture, 4 * spec.height * spec.width);
      });
    },
  };
}
