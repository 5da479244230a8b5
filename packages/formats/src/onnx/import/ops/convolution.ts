import { add, apply, conv2dOp, formatShape, reshape, sameShape, type Tensor } from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { each, type Operators } from "../operator.ts";
import { windowsOf } from "./windows.ts";

function conv(call: Call): Tensor {
  const [x, weight, bias] = [call.input(0), call.input(1), call.optional(2)];
  if (weight.rank !== 4) {
    call.refuse(
      `has weights ${formatShape(weight.shape)}`,
      "Only convolutions of pictures, with weights [out, in, kH, kW], can be imported.",
    );
  }
  const { stride, dilation, padding } = windowsOf(call, x.shape, weight.shape.slice(2));
  const groups = call.int("group", 1);
  if (!Number.isSafeInteger(groups) || groups < 1) call.refuse(`has ${groups} groups`);
  const out = apply(conv2dOp, [x, weight], { stride, dilation, padding, groups });
  if (!bias) return out;
  const channels = weight.shape[0]!;
  if (!sameShape(bias.shape, [channels])) {
    call.refuse(`has a bias ${formatShape(bias.shape)} for ${channels} maps`);
  }
  return add(out, reshape(bias, [1, channels, 1, 1]));
}

export const convolutions = (): Operators => each({ Conv: conv });
