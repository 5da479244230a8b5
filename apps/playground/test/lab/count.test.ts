import { Conv1x1, Conv2d, Flatten, Linear, Sequential } from "@pointwise/layers";
import { Rng } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { barLength, countLayers, denseMapToMap, initialSizes, layerKinds } from "../../src/views/lab/count/counts.ts";

const rng = new Rng();
const odd = { height: 5, width: 3, inChannels: 4, outChannels: 6, kernelSize: 3 };

describe.each([initialSizes, odd])("%o", (sizes) => {
  const { height, width, inChannels, outChannels, kernelSize } = sizes;
  const map = [inChannels, height, width];
  const [conv1x1, denseOverChannels, convKxK, denseOverMap] = countLayers(sizes);

  test("parameters and MACs are those of the layers' own summary", () => {
    const padded = { padding: (kernelSize - 1) / 2, rng };
    const rows = [
      [conv1x1, new Sequential(new Conv1x1(inChannels, outChannels, { rng })).summary(map)],
      [convKxK, new Sequential(new Conv2d(inChannels, outChannels, kernelSize, padded)).summary(map)],
      [
        denseOverMap,
        new Sequential(new Flatten(), new Linear(inChannels * height * width, outChannels, { rng })).summary(map),
      ],
      [
        denseOverChannels,
        new Sequential(new Linear(inChannels, outChannels, { rng })).summary([height * width, inChannels]),
      ],
    ] as const;
    for (const [count, summary] of rows) {
      expect(count.parameters).toBe(summary.parameters);
      expect(count.macs).toBe(summary.macs);
    }
  });

  test("the formulas come to the numbers", () => {
    for (const { formula, parameters, macsFormula, macs } of countLayers(sizes)) {
      expect(evaluate(formula)).toBe(parameters);
      expect(evaluate(macsFormula)).toBe(macs);
    }
  });

  test("a 1×1 convolution has as many weights as the dense layer over channels, and as many MACs as the one over the map", () => {
    expect(conv1x1.parameters).toBe(denseOverChannels.parameters);
    expect(conv1x1.macs).toBe(denseOverMap.macs);
    expect((denseOverMap.parameters - outChannels) / (conv1x1.parameters - outChannels)).toBe(height * width);
  });
});

/** a·b + c */
function evaluate(formula: string): number {
  return formula
    .split(" + ")
    .map((product) => product.split("·").reduce((a, b) => a * Number(b), 1))
    .reduce((a, b) => a + b, 0);
}

test("every kind of layer is counted, in order", () => {
  expect(countLayers(initialSizes).map(({ kind }) => kind)).toEqual(layerKinds);
  expect(countLayers(initialSizes)[0].formula).toBe("1·1·32·10 + 10");
});

test("a dense layer from map to map is counted with its biases", () => {
  expect(denseMapToMap({ height: 2, width: 1, inChannels: 3, outChannels: 2, kernelSize: 1 })).toBe(6 * 4 + 4);
});

test("bars start at 0 on one scale", () => {
  expect(barLength(30, 120)).toBe(0.25);
});
