import type { Pair, Shape } from "@pointwise/tensor";
import type { Call } from "../call.ts";

/** How a kernel slides over maps: its attributes, spelled out. */
export interface Windows {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  /** [[above, below], [left, right]] */
  readonly padding: readonly [Pair, Pair];
}

/**
 * @param maps [N, C, H, W]
 * @param kernelShape where the kernel's size is known from elsewhere.
 * @see https://onnx.ai/onnx/operators/onnx__Conv.html
 */
export function windowsOf(call: Call, maps: Shape, kernelShape?: Shape): Windows {
  if (maps.length !== 4) {
    call.refuse(`slides over a tensor of ${maps.length} dimensions`, "Only maps [N, C, H, W] can be imported.");
  }
  const kernel = pair(call, "kernel_shape", kernelShape);
  const stride = pair(call, "strides", [1, 1]);
  const dilation = pair(call, "dilations", [1, 1]);
  const autoPad = call.text("auto_pad", "NOTSET");
  if (kernelShape && kernel.some((k, i) => k !== kernelShape[i]))
    call.refuse("has a kernel_shape that is not that of its weights");
  const numbers = call.ints("pads") ?? [0, 0, 0, 0];
  const [top, left, bottom, right] = numbers;
  if (numbers.length !== 4 || !numbers.every((p) => Number.isSafeInteger(p) && p >= 0)) {
    call.refuse("has pads that are not four whole numbers ≥ 0");
  }
  const padding: Windows["padding"] = [
    [top!, bottom!],
    [left!, right!],
  ];
  if (autoPad === "NOTSET") return { kernel, stride, dilation, padding };
  const same = (i: 0 | 1): Pair => {
    const size = maps[2 + i]!;
    const covered = dilation[i] * (kernel[i] - 1) + 1;
    const total = Math.max(0, (Math.ceil(size / stride[i]) - 1) * stride[i] + covered - size);
    const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
    return autoPad === "SAME_LOWER" ? [more, less] : [less, more];
  };
  switch (autoPad) {
    case "VALID":
      return {
        kernel,
        stride,
        dilation,
        padding: [
          [0, 0],
          [0, 0],
        ],
      };
    case "SAME_UPPER":
    case "SAME_LOWER":
      return { kernel, stride, dilation, padding: [same(0), same(1)] };
    default:
      return call.refuse("has an unknown auto_pad");
  }
}

function pair(call: Call, name: string, otherwise: Shape | undefined): Pair {
  const [a, b, ...rest] = call.ints(name) ?? otherwise ?? [];
  const isWhole = (v: number | undefined): v is number => v !== undefined && Number.isSafeInteger(v) && v >= 1;
  return isWhole(a) && isWhole(b) && rest.length === 0
    ? [a, b]
    : call.refuse(`needs two whole numbers ≥ 1 as its attribute ${name}`);
}
