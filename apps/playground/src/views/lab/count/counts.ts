/** A map [channels, height, width] and what is to come out of it. */
export interface MapSizes {
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Of the k×k convolution, which keeps height and width by padding. */
  readonly kernelSize: number;
}

export const initialSizes: MapSizes = { height: 14, width: 14, inChannels: 32, outChannels: 10, kernelSize: 3 };

export const layerKinds = ["conv1x1", "denseOverChannels", "convKxK", "denseOverMap"] as const;
export type LayerKind = (typeof layerKinds)[number];

export interface LayerCount {
  readonly kind: LayerKind;
  readonly parameters: number;
  /** How the parameters come about, in numbers: 1·1·32·10 + 10. */
  readonly formula: string;
  /** Multiply-accumulate operations for one picture. */
  readonly macs: number;
  readonly macsFormula: string;
}

/** What each layer costs, biases included in the parameters and, as usual, left out of the MACs. */
export function countLayers({ height: h, width: w, inChannels: ci, outChannels: co, kernelSize: k }: MapSizes) {
  return [
    count("conv1x1", [1, 1, ci, co], [h, w, ci, co]),
    count("denseOverChannels", [ci, co], [h, w, ci, co]),
    count("convKxK", [k, k, ci, co], [h, w, k, k, ci, co]),
    count("denseOverMap", [h, w, ci, co], [h, w, ci, co]),
  ] as const;
}

/** The last factor is the number of outputs, each of which has a bias. */
function count(kind: LayerKind, weights: readonly number[], macs: readonly number[]): LayerCount {
  const outputs = weights.at(-1)!;
  return {
    kind,
    parameters: product(weights) + outputs,
    formula: `${weights.join("·")} + ${outputs}`,
    macs: product(macs),
    macsFormula: macs.join("·"),
  };
}

/** Parameters of a dense layer that gives a whole map, [outChannels, height, width], out of the flattened one. */
export function denseMapToMap({ height, width, inChannels, outChannels }: MapSizes): number {
  const outputs = height * width * outChannels;
  return height * width * inChannels * outputs + outputs;
}

const product = (factors: readonly number[]): number => factors.reduce((a, b) => a * b, 1);

/** A bar's length from 0 to 1, on one scale for all bars that starts at 0: twice the length is twice the number. */
export function barLength(value: number, largest: number): number {
  return value / largest;
}
