import fc from "fast-check";
import type { ConvSpec } from "../src/index.ts";

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

interface Choice {
  readonly groups: number;
  readonly perGroup: Pair;
  readonly size: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: readonly [Pair, Pair];
  readonly dilation: Pair;
}
type Pair = readonly [number, number];

const one = fc.constant<Pair>([1, 1]);
const none = fc.constant<[Pair, Pair]>([
  [0, 0],
  [0, 0],
]);
/** Everything that a convolution can be asked for. */
const any = {
  groups: fc.constantFrom(1, 1, 2, 3),
  perGroup: pair(1, 9),
  size: pair(1, 12),
  kernel: pair(1, 5),
  stride: fc.oneof(one, pair(1, 3)),
  padding: fc.oneof(none, fc.tuple(pair(0, 6), pair(0, 6))),
  dilation: fc.oneof(one, pair(1, 3)),
};
const plain = { ...any, groups: fc.constant(1), stride: one, padding: none, dilation: one };
/** What kernels of their own exist for, too. */
const choices: fc.Arbitrary<Choice> = fc.oneof(
  { arbitrary: fc.record(any), weight: 4 },
  {
    arbitrary: fc.record({
      ...any,
      groups: fc.integer({ min: 1, max: 5 }),
      perGroup: fc.tuple(fc.constant(1), fc.integer({ min: 1, max: 3 })),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ ...any, groups: fc.integer({ min: 1, max: 5 }), perGroup: one }), weight: 2 },
  {
    arbitrary: fc.record({
      ...any,
      size: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 60, max: 150 })),
      perGroup: pair(1, 3),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ ...plain, kernel: one, perGroup: pair(1, 40) }), weight: 1 },
  { arbitrary: fc.record(plain).map((choice) => ({ ...choice, kernel: choice.size })), weight: 1 },
  { arbitrary: fc.record({ ...plain, padding: fc.tuple(pair(0, 2), pair(0, 2)), perGroup: pair(10, 40) }), weight: 1 },
);

/** The whole specification, with the size of the maps. */
function specOf({ groups, perGroup, size, kernel, stride, padding, dilation }: Choice): ConvSpec {
  const out = ([0, 1] as const).map(
    (i) => Math.floor((size[i] + padding[i][0] + padding[i][1] - dilation[i] * (kernel[i] - 1) - 1) / stride[i]) + 1,
  );
  return {
    channels: groups * perGroup[0],
    maps: groups * perGroup[1],
    height: size[0],
    width: size[1],
    outHeight: out[0]!,
    outWidth: out[1]!,
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    stride,
    padding,
    dilation,
    groups,
  };
}

/** Sizes that fit each other. */
export const convSpecs: fc.Arbitrary<ConvSpec> = choices
  .map(specOf)
  .filter(({ outHeight, outWidth }) => outHeight > 0 && outWidth > 0);

const around = (...[rows, columns]: Pair): [Pair, Pair] => [
  [rows, rows],
  [columns, columns],
];
/** Pictures so small that phases of a stride have no pixels, or pixels no weights, and blocks are never whole. */
export const tinySpecs: readonly ConvSpec[] = (
  [
    { size: [1, 1], kernel: [3, 3], stride: [2, 2], padding: around(1, 1) },
    { size: [1, 5], kernel: [3, 3], stride: [2, 2], padding: around(1, 1) },
    { size: [6, 1], kernel: [3, 3], stride: [2, 2], padding: around(1, 1) },
    { size: [1, 1], kernel: [2, 2], stride: [3, 3], padding: around(1, 1) },
    { size: [1, 1], kernel: [2, 2], stride: [2, 2], padding: around(3, 3), dilation: [3, 3] },
    { size: [4, 1], kernel: [3, 2], stride: [2, 2], padding: [[0, 2] as const, [0, 3] as const], dilation: [1, 3] },
    { size: [5, 4], kernel: [1, 1], stride: [2, 2], padding: around(0, 0) },
    { size: [7, 8], kernel: [2, 2], stride: [3, 3], padding: around(0, 1) },
    { size: [2, 3], kernel: [5, 5], stride: [2, 2], padding: around(2, 2) },
    { size: [3, 2], kernel: [1, 4], stride: [3, 1], padding: [[1, 0] as const, [0, 2] as const] },
    { size: [5, 9], kernel: [3, 1], stride: [1, 4], padding: [[0, 3] as const, [2, 1] as const] },
  ] as const
).flatMap((choice) => [1, 2, 4].map((maps) => specOf({ dilation: [1, 1], ...choice, groups: 3, perGroup: [1, maps] })));

export interface Sizes {
  readonly x: number;
  readonly w: number;
  readonly y: number;
}
export const sizesOf = (s: ConvSpec): Sizes => ({
  x: s.channels * s.height * s.width,
  w: s.maps * (s.channels / s.groups) * s.kernelHeight * s.kernelWidth,
  y: s.maps * s.outHeight * s.outWidth,
});

/** Every product of a convolution: calls `visit` with the index of the map's pixel, the picture's and the weight's. */
export function visitProducts(s: ConvSpec, visit: (y: number, x: number, w: number) => void): void {
  const channels = s.channels / s.groups;
  const maps = s.maps / s.groups;
  for (let m = 0; m < s.maps; m++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      for (let ox = 0; ox < s.outWidth; ox++) {
        for (let c = 0; c < channels; c++) {
          for (let ky = 0; ky < s.kernelHeight; ky++) {
            for (let kx = 0; kx < s.kernelWidth; kx++) {
              const py = oy * s.stride[0] + ky * s.dilation[0] - s.padding[0][0];
              const px = ox * s.stride[1] + kx * s.dilation[1] - s.padding[1][0];
              if (py < 0 || py >= s.height || px < 0 || px >= s.width) continue;
              const channel = Math.floor(m / maps) * channels + c;
              visit(
                (m * s.outHeight + oy) * s.outWidth + ox,
                (channel * s.height + py) * s.width + px,
                ((m * channels + c) * s.kernelHeight + ky) * s.kernelWidth + kx,
              );
            }
          }
        }
      }
    }
  }
}
