import { pointer } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, convAxes } from "./conv-spec.ts";
import type { InputGradAddresses } from "./conv2d-input-grad.ts";
import { depthwiseKernel } from "./depthwise-kernel.ts";
import { beyond } from "./map-epilogue.ts";
import { maskBytes, writeMasks } from "./place-reader.ts";
import { gradientReach } from "./reach.ts";

/** Groups of one channel and few maps: a channel's gradient is the sum of what each of its maps gives. */
export function depthwiseInputGrad(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> {
  const { channels, height, width, kernelHeight, kernelWidth, outHeight, outWidth } = spec;
  const mapsOfChannel = spec.maps / channels;
  const [vertical, horizontal] = convAxes(spec);
  const kernel = { rows: gradientReach(vertical), columns: gradientReach(horizontal), kernelWidth };
  return {
    scratch: { masks: maskBytes },
    before(f, { scratch }) {
      writeMasks(f, scratch.masks!);
    },
    each(f, { grad, w, dx, full, scratch }) {
      const { get, set, i32 } = f;
      const [weights, gradient, output] = [pointer(f, w), pointer(f, grad), pointer(f, dx)];
      const [channel, delta] = [f.local("i32"), f.local("i32")];
      set(channel, i32.const(0));
      set(delta, beyond(f, full, dx));
      f.repeat(channels, () => {
        for (let map = 0; map < mapsOfChannel; map++) {
          const isLast = map === mapsOfChannel - 1;
          const part = { ...kernel, accumulate: map > 0, epilogue: isLast ? epilogue : undefined };
          f.call(
            depthwiseKernel(context, part),
            get(weights),
            get(gradient),
            get(output),
            get(channel),
            get(delta),
            i32.const(scratch.masks!),
          );
          f.increment(weights, 4 * kernelHeight * kernelWidth);
          f.increment(gradient, 4 * outHeight * outWidth);
        }
        f.increment(output, 4 * height * width);
        f.increment(channel, 4);
      });
    },
  };
}
