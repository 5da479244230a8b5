import { amax, avgPool2d, div, maxPool2d, mean, ones, type Pair, pad, type Tensor } from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { each, type Operators } from "../operator.ts";
import { type Windows, windowsOf } from "./windows.ts";

/** Of one size before and after, as the ops here take it. */
function evenPadding({ padding: [[top, bottom], [left, right]] }: Windows): Pair | undefined {
  return top === bottom && left === right ? [top, left] : undefined;
}

function padded(x: Tensor, { padding }: Windows, value: number): Tensor {
  return pad(x, [[0, 0], [0, 0], ...padding], value);
}

/** The windows of a pool; where the padding is uneven, the last window hanging over is beyond what can be done here. */
function poolOf(call: Call): { readonly x: Tensor; readonly windows: Windows; readonly ceilMode: boolean } {
  const x = call.input(0);
  const windows = windowsOf(call, x.shape);
  const ceilMode = call.int("ceil_mode", 0) !== 0;
  if (ceilMode && !evenPadding(windows))
    call.refuse("has ceil_mode with uneven pads", "Export it with ceil_mode=False.");
  return { x, windows, ceilMode };
}

function maxPool(call: Call): Tensor {
  const { x, windows, ceilMode } = poolOf(call);
  const { kernel, stride, dilation } = windows;
  const padding = evenPadding(windows);
  if (padding) return maxPool2d(x, kernel, { stride, dilation, padding, ceilMode });
  return maxPool2d(padded(x, windows, -Infinity), kernel, { stride, dilation });
}

function averagePool(call: Call): Tensor {
  const { x, windows, ceilMode } = poolOf(call);
  const { kernel, stride, dilation } = windows;
  if (dilation[0] !== 1 || dilation[1] !== 1) call.refuse("has dilations, which averages cannot have here");
  const countIncludePad = call.int("count_include_pad", 0) !== 0;
  const padding = evenPadding(windows);
  if (padding) return avgPool2d(x, kernel, { stride, padding, ceilMode, countIncludePad });
  const average = avgPool2d(padded(x, windows, 0), kernel, { stride });
  if (countIncludePad) return average;
  // The part of each window that is not padding, in which the sum is to be shared.
  const inside = padded(ones([1, 1, ...x.shape.slice(2)], { dtype: x.dtype }), windows, 0);
  return div(average, avgPool2d(inside, kernel, { stride }));
}

function ofMaps(fn: (x: Tensor, dims: readonly number[]) => Tensor): (call: Call) => Tensor {
  return (call) => {
    const x = call.input(0);
    if (x.rank < 3) call.refuse(`takes maps [N, C, …], but gets a tensor of ${x.rank} dimensions`);
    return fn(
      x,
      x.shape.slice(2).map((_, i) => i + 2),
    );
  };
}

export const pools = (): Operators =>
  each({
    MaxPool: maxPool,
    AveragePool: averagePool,
    GlobalAveragePool: ofMaps((x, dims) => mean(x, dims, { keepdim: true })),
    GlobalMaxPool: ofMaps((x, dims) => amax(x, dims, { keepdim: true })),
  });
