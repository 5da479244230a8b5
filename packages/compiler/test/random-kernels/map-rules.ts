import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  avgPool2d,
  conv2d,
  type MaxPool2dOptions,
  maxPool2d,
  type Pair,
} from "@pointwise/tensor";
import { isMaps, type Program, type Rule, type Value } from "./program.ts";
import { about, rangeOf, settle } from "./ranges.ts";

const pair = (p: Program, low: number, high: number): Pair => [p.choose(low, high), p.choose(low, high)];
/** Of both directions, the same more often than not. */
const square = (p: Program, low: number, high: number): Pair => {
  const first = p.choose(low, high);
  return p.choose(0, 2) === 2 ? [first, p.choose(low, high)] : [first, first];
};

const sizeOfMaps = ({ tensor }: Value): Pair => [tensor.shape[2]!, tensor.shape[3]!];

/** A kernel that fits what there is. */
function fitting(kernel: Pair, room: Pair, dilation: Pair): Pair {
  const fit = (i: 0 | 1) => Math.min(kernel[i], Math.floor((room[i] - 1) / dilation[i]) + 1);
  return [fit(0), fit(1)];
}

function convolution(p: Program, kernel: Pair, groupings: (channels: number) => readonly number[]): void {
  const x = p.pick(isMaps);
  if (!x) return;
  const channels = x.tensor.shape[1]!;
  const groups = p.oneOf(groupings(channels));
  const maps = groups * p.choose(1, Math.max(1, Math.floor(9 / groups)));
  const [stride, dilation, padding] = [square(p, 1, 3), square(p, 1, 3), square(p, 0, 3)];
  const [height, width] = sizeOfMaps(x);
  const isSame = p.choose(0, 4) === 4 && stride.every((s) => s === 1);
  const room: Pair = isSame ? [99, 99] : [height + 2 * padding[0], width + 2 * padding[1]];
  const [kH, kW] = fitting(kernel, room, dilation);
  const w = p.given([maps, channels / groups, kH, kW]);
  const bias = p.choose(0, 1) === 1 ? p.given([maps]) : undefined;
  const options = { stride, dilation, padding: isSame ? ("same" as const) : padding, groups };
  const terms = (channels / groups) * kH * kW;
  const text = `conv2d(${x.name}, ${w.name}, ${bias?.name ?? "no bias"}, ${JSON.stringify(options)})`;
  const y = conv2d(x.tensor, w.tensor, { ...options, bias: bias?.tensor });
  settle(p, p.add(text, y, rangeOf([x, w], x.size * w.size * terms + 2)), terms);
}

const divisors = (channels: number) =>
  Array.from({ length: channels }, (_, i) => i + 1).filter((n) => channels % n === 0);

export const convRules: Readonly<Record<string, Rule>> = {
  conv2d: (p) => convolution(p, pair(p, 1, 5), divisors),
  conv3x3: (p) => convolution(p, [3, 3], () => [1]),
  conv1x1: (p) => convolution(p, [1, 1], () => [1]),
  depthwise: (p) => convolution(p, square(p, 1, 5), (channels) => [channels]),
};

/** Options of a pool that fit the maps. */
function window(p: Program, x: Value, dilation: Pair): readonly [Pair, MaxPool2dOptions] {
  const kernel = fitting(square(p, 1, 4), sizeOfMaps(x), dilation);
  const covered = (i: 0 | 1) => (kernel[i] - 1) * dilation[i] + 1;
  const [high, wide] = square(p, 0, 2);
  const padding: Pair = [Math.min(high, Math.floor(covered(0) / 2)), Math.min(wide, Math.floor(covered(1) / 2))];
  const stride = p.choose(0, 1) === 0 ? kernel : square(p, 1, 4);
  return [kernel, { stride, padding: dilation.every((d) => d === 1) ? padding : 0, ceilMode: p.choose(0, 2) === 2 }];
}

export const poolRules: Readonly<Record<string, Rule>> = {
  maxPool2d: (p) => {
    const x = p.pickWhole(isMaps);
    if (!x) return;
    const dilation = p.choose(0, 3) === 3 ? square(p, 1, 2) : ([1, 1] as const);
    const [kernel, options] = window(p, x, dilation);
    const text = `maxPool2d(${x.name}, [${kernel}], ${JSON.stringify({ ...options, dilation })})`;
    p.add(text, maxPool2d(x.tensor, kernel, { ...options, dilation }), x);
  },
  avgPool2d: (p) => {
    const x = p.pick(isMaps);
    if (!x) return;
    const [kernel, options] = window(p, x, [1, 1]);
    const countIncludePad = p.choose(0, 1) === 0;
    const text = `avgPool2d(${x.name}, [${kernel}], ${JSON.stringify({ ...options, countIncludePad })})`;
    p.add(text, avgPool2d(x.tensor, kernel, { ...options, countIncludePad }), about(x.size));
  },
  pool2x2: (p) => {
    const x = p.pickWhole((x) => isMaps(x) && sizeOfMaps(x).every((size) => size >= 2));
    if (x) p.add(`maxPool2d(${x.name}, 2)`, maxPool2d(x.tensor, 2), x);
  },
  adaptiveMaxPool2d: (p) => {
    const x = p.pickWhole(isMaps);
    const size = square(p, 1, 6);
    if (x) p.add(`adaptiveMaxPool2d(${x.name}, [${size}])`, adaptiveMaxPool2d(x.tensor, size), x);
  },
  adaptiveAvgPool2d: (p) => {
    const x = p.pick(isMaps);
    const size = square(p, 1, 6);
    if (x) p.add(`adaptiveAvgPool2d(${x.name}, [${size}])`, adaptiveAvgPool2d(x.tensor, size), about(x.size));
  },
};
