import {
  apply,
  type Conv2dAttrs,
  cast,
  conv2d,
  conv2dInputGradOp,
  conv2dOp,
  conv2dWeightGradOp,
  DTypeError,
  ones,
  Rng,
  ShapeError,
  type Tensor,
  tensor,
  UsageError,
  zeros,
} from "@pointwise/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose, inner } from "./expect-close.ts";

type Four = readonly [number, number, number, number];

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

/** A convolution that fits: pictures, weights and options. */
const convolutions = fc
  .record({
    n: fc.integer({ min: 0, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    groupChannels: fc.integer({ min: 1, max: 3 }),
    groupMaps: fc.integer({ min: 1, max: 5 }),
    kernel: pair(1, 4),
    stride: pair(1, 3),
    dilation: pair(1, 3),
    padding: fc.tuple(pair(0, 3), pair(0, 3)),
    spare: pair(0, 6),
    seed: fc.nat(),
  })
  .map(({ n, groups, groupChannels, groupMaps, kernel, stride, dilation, padding, spare, seed }) => {
    const size = [0, 1].map((i) =>
      Math.max(1, dilation[i]! * (kernel[i]! - 1) + 1 - padding[i]![0] - padding[i]![1] + spare[i]!),
    );
    const rng = new Rng(seed);
    const x = rng.normal([n, groups * groupChannels, ...size], { dtype: "float64" });
    const w = rng.normal([groups * groupMaps, groupChannels, ...kernel], { dtype: "float64" });
    const attrs: Conv2dAttrs = { stride, padding, dilation, groups };
    return { x, w, attrs, rng };
  });

/** The definition: each output is the sum of weights times what lies under them. */
function convolve(x: Tensor, w: Tensor, { stride, padding, dilation, groups }: Conv2dAttrs, out: Tensor): number[] {
  const [n, channels, height, width] = x.shape as Four;
  const [maps, groupChannels, kernelHeight, kernelWidth] = w.shape as Four;
  const values: number[] = [];
  const pixel = (i: number, c: number, r: number, s: number) =>
    r < 0 || r >= height || s < 0 || s >= width ? 0 : x.data[((i * channels + c) * height + r) * width + s]!;
  for (let i = 0; i < n; i++) {
    for (let m = 0; m < maps; m++) {
      for (let r = 0; r < out.shape[2]!; r++) {
        for (let s = 0; s < out.shape[3]!; s++) {
          let sum = 0;
          for (let c = 0; c < groupChannels; c++) {
            for (let kr = 0; kr < kernelHeight; kr++) {
              for (let ks = 0; ks < kernelWidth; ks++) {
                const weight = w.data[((m * groupChannels + c) * kernelHeight + kr) * kernelWidth + ks]!;
                const channel = Math.floor(m / (maps / groups)) * groupChannels + c;
                const row = r * stride[0] - padding[0][0] + kr * dilation[0];
                sum += weight * pixel(i, channel, row, s * stride[1] - padding[1][0] + ks * dilation[1]);
              }
            }
          }
          values.push(sum);
        }
      }
    }
  }
  return values;
}

test("is what the definition says, whatever the options", () => {
  fc.assert(
    fc.property(convolutions, ({ x, w, attrs }) => {
      const out = apply(conv2dOp, [x, w], attrs);
      const [height, width] = [0, 1].map((i) => {
        const available = x.shape[2 + i]! + attrs.padding[i]![0] + attrs.padding[i]![1];
        let steps = 0;
        while (steps * attrs.stride[i]! + attrs.dilation[i]! * (w.shape[2 + i]! - 1) < available) steps++;
        return steps;
      });
      expect(out.shape).toEqual([x.shape[0], w.shape[0], height, width]);
      expectClose(out, convolve(x, w, attrs, out));
      const inFloat32 = apply(conv2dOp, [cast(x, "float32"), cast(w, "float32")], attrs);
      expect(inFloat32.dtype).toBe("float32");
      expectClose(inFloat32, [...out.data], 1e-5);
    }),
    { numRuns: 300 },
  );
});

test("the gradient ops are its adjoints: ⟨g, x∗w⟩ = ⟨inputGrad(g, w), x⟩ = ⟨weightGrad(g, x), w⟩", () => {
  fc.assert(
    fc.property(convolutions, ({ x, w, attrs, rng }) => {
      const out = apply(conv2dOp, [x, w], attrs);
      const grad = rng.normal(out.shape, { dtype: "float64" });
      const value = inner(grad, out);
      const inputGrad = apply(conv2dInputGradOp, [grad, w], { ...attrs, inputSize: [x.shape[2]!, x.shape[3]!] });
      const weightGrad = apply(conv2dWeightGradOp, [grad, x], { ...attrs, kernelSize: [w.shape[2]!, w.shape[3]!] });
      expect(inner(inputGrad, x)).toBeCloseTo(value, 8);
      expect(inner(weightGrad, w)).toBeCloseTo(value, 8);
    }),
    { numRuns: 200 },
  );
});

test('"same" keeps the size; an even kernel gets one more after than before, as in PyTorch', () => {
  const row = tensor([1, 2, 3], { shape: [1, 1, 1, 3] });
  const kernel = tensor([10, 1], { shape: [1, 1, 1, 2] });
  expect(conv2d(row, kernel, { padding: "same" }).toArray()).toEqual([[[[12, 23, 30]]]]);
  expect(conv2d(row, kernel, { padding: "same", dilation: 2 }).toArray()).toEqual([[[[2, 13, 20]]]]);
  expect(conv2d(zeros([1, 1, 5, 7]), zeros([1, 1, 4, 3]), { padding: "same" }).shape).toEqual([1, 1, 5, 7]);
  expect(() => conv2d(row, kernel, { padding: "same", stride: 2 })).toThrow(UsageError);
  expect(conv2d(row, kernel, { padding: "valid" }).toArray()).toEqual([[[[12, 23]]]]);
});

test("one number stands for both directions, a pair is vertical and horizontal", () => {
  const [x, w] = [ones([1, 1, 5, 6]), ones([1, 1, 2, 2])];
  expect(conv2d(x, w, { stride: 2, padding: 1 }).shape).toEqual([1, 1, 3, 4]);
  expect(conv2d(x, w, { stride: [1, 3], padding: [2, 0] }).shape).toEqual([1, 1, 8, 2]);
  expect(conv2d(x, w, { dilation: [4, 5] }).shape).toEqual([1, 1, 1, 1]);
});

test("the bias is added to its map", () => {
  const out = conv2d(zeros([1, 1, 1, 2]), zeros([2, 1, 1, 1]), { bias: tensor([3, -1]) });
  expect(out.toArray()).toEqual([[[[3, 3]], [[-1, -1]]]]);
});

test("a NaN reaches the windows that see it, and no others", () => {
  const x = tensor([NaN, 1, 1, 1, 1, 1], { shape: [1, 1, 1, 6] });
  expect(conv2d(x, ones([1, 1, 1, 2]), { padding: [0, 1] }).toArray()).toEqual([[[[NaN, NaN, 2, 2, 2, 2, 1]]]]);
});

test("what does not fit is explained", () => {
  const x = zeros([2, 3, 8, 8]);
  const refused: [() => Tensor, typeof ShapeError | typeof UsageError | typeof DTypeError, string][] = [
    [() => conv2d(zeros([3, 8, 8]), zeros([4, 3, 3, 3])), ShapeError, "unsqueeze(x, 0)"],
    [
      () => conv2d(x, zeros([4, 2, 3, 3])),
      ShapeError,
      "have 3 channels, but weights [4, 2, 3, 3] in 1 group(s) take 2",
    ],
    [() => conv2d(x, zeros([4, 1, 3, 3]), { groups: 3 }), ShapeError, "4 maps do not divide into 3 groups"],
    [() => conv2d(x, zeros([4, 3, 9, 3])), ShapeError, "it covers 9 rows and there are 8"],
    [() => conv2d(x, zeros([4, 3, 3, 3]), { dilation: [1, 4] }), ShapeError, "it covers 9 columns and there are 8"],
    [() => conv2d(x, zeros([4, 3, 3, 3]), { bias: zeros([3]) }), ShapeError, "the bias must be [4]"],
    [() => conv2d(x, zeros([4, 3, 3, 3]), { stride: 0 }), UsageError, "stride must be a whole number ≥ 1"],
    [() => conv2d(x, zeros([4, 3, 3, 3]), { padding: [1, -1] }), UsageError, "padding must be a whole number ≥ 0"],
    [() => conv2d(x, zeros([4, 3, 3, 3]), { groups: 1.5 }), UsageError, "groups must be a whole number ≥ 1"],
    [() => conv2d(cast(x, "int32"), zeros([4, 3, 3, 3], { dtype: "int32" })), DTypeError, 'cast(x, "float32")'],
  ];
  for (const [call, kind, message] of refused) {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  }
});
