import { describe, expect, test } from "vitest";
import { convolveByLayer, differenceToLayer } from "../../src/views/lab/slide/check-by-layer.ts";
import { slideOver } from "../../src/views/lab/slide/maps.ts";
import { drawNumbers, type SlideNumbers } from "../../src/views/lab/slide/numbers.ts";
import { placeAt } from "../../src/views/lab/slide/place.ts";
import {
  initialSetting,
  kernelSizes,
  mostChannels,
  mostPadding,
  mostStride,
  outputSide,
  pictureSide,
  type SlideSetting,
} from "../../src/views/lab/slide/setting.ts";

function* allSettings(): Generator<SlideSetting> {
  for (const kernelSize of kernelSizes)
    for (let channels = 1; channels <= mostChannels; channels++)
      for (let stride = 1; stride <= mostStride; stride++)
        for (let padding = 0; padding <= mostPadding; padding++)
          yield { kernelSize, channels, stride, padding, seed: 1 + stride };
}

test("in every setting that can be chosen, the map filled place by place is Conv2d's, bit for bit", () => {
  let settings = 0;
  for (const setting of allSettings()) {
    const numbers = drawNumbers(setting);
    const { side, output, partial } = slideOver(setting, numbers);
    expect(output).toHaveLength(side * side);
    expect(partial).toHaveLength(setting.channels);
    expect(output).toEqual(convolveByLayer(setting, numbers));
    expect(differenceToLayer(setting, numbers, output)).toBe(0);
    settings++;
  }
  expect(settings).toBe(108);
});

test("a wrong map is found out", () => {
  const numbers = drawNumbers(initialSetting);
  const { output } = slideOver(initialSetting, numbers);
  expect(differenceToLayer(initialSetting, numbers, output.with(3, output[3]! + 2))).toBe(2);
});

test("the output's side follows the formula", () => {
  expect(outputSide(initialSetting)).toBe(5);
  expect(outputSide({ ...initialSetting, padding: 1 })).toBe(7);
  expect(outputSide({ ...initialSetting, stride: 2 })).toBe(3);
  expect(outputSide({ ...initialSetting, kernelSize: 5, stride: 3 })).toBe(1);
});

describe("a place", () => {
  const picture = Float32Array.from({ length: 2 * pictureSide ** 2 }, (_, i) => i % 10);
  const numbers: SlideNumbers = {
    picture,
    kernel: Float32Array.of(...[1, 0, 0, 0, 1, 0, 0, 0, -1], ...Array(9).fill(1)),
    bias: -2,
  };
  const setting: SlideSetting = { ...initialSetting, channels: 2, padding: 1, stride: 2 };

  test("has a window, products and a sum for each channel, worked out by hand", () => {
    // The second place: the window's corner lies at (0, 2) of the padded picture, (−1, 1) of the picture.
    const place = placeAt(setting, numbers, 1);
    expect(place).toMatchObject({ row: 0, column: 1, top: 0, left: 2 });
    const [first, second] = place.slices;
    expect(first!.window).toEqual([0, 0, 0, 1, 2, 3, 8, 9, 0]);
    expect(first!.products).toEqual([0, 0, 0, 0, 2, 0, 0, 0, 0]);
    expect(first!.sum).toBe(2);
    expect(second!.window).toEqual([0, 0, 0, 0, 1, 2, 7, 8, 9]);
    expect(second!.sum).toBe(27);
    expect(place.total).toBe(2 + 27 - 2);
  });

  test("with a 1×1 kernel is one product a channel: a dense layer over the channels", () => {
    const single = { ...setting, kernelSize: 1, padding: 0, stride: 1 } as const;
    const place = placeAt(single, { ...numbers, kernel: Float32Array.of(2, -1) }, 3);
    expect(place.slices.map((slice) => slice.window)).toEqual([[3], [2]]);
    expect(place.total).toBe(2 * 3 - 2 - 2);
  });
});

test("the picture stays the same whatever the kernel, and a smaller kernel is the middle of the larger", () => {
  const [one, three] = ([1, 3] as const).map((kernelSize) => drawNumbers({ ...initialSetting, kernelSize }));
  expect(one!.picture).toEqual(three!.picture);
  expect([...one!.kernel]).toEqual([4, 13, 22].map((i) => three!.kernel[i]));
});

test("neither the bias nor a weight of a 1×1 kernel is ever 0, or it would not be seen", () => {
  for (let seed = 0; seed < 30; seed++) {
    const { kernel, bias } = drawNumbers({ ...initialSetting, kernelSize: 1, channels: mostChannels, seed });
    expect(kernel).toHaveLength(mostChannels);
    expect([...kernel, bias]).not.toContain(0);
  }
});
