import { Rng } from "@pointwise/tensor";

export const inChannels = 3;
export const outChannels = 4;

/** What a weight or bias may be. Tenths: see pictures.ts. */
export const weightRange = { min: -2, max: 2, step: 0.1 } as const;

/** The numbers that a 1×1 convolution and a dense layer have in common. */
export interface Mixing {
  /** [outChannels, inChannels] */
  readonly weights: readonly number[];
  /** [outChannels] */
  readonly bias: readonly number[];
}

/** Brightness; red against green; blue against yellow; and blue upside down, which needs the bias. */
export const initialMixing: Mixing = {
  weights: [0.4, 0.8, 0.2, 1.8, -1.8, 0, -0.9, -0.9, 1.8, 0, 0, -1.5],
  bias: [0, 0, 0.1, 1],
};

/** A weight's or (`column` = inChannels) a bias's place in the matrix. */
export interface Entry {
  readonly row: number;
  readonly column: number;
}

export function entryValue({ weights, bias }: Mixing, { row, column }: Entry): number {
  return column === inChannels ? bias[row]! : weights[row * inChannels + column]!;
}

export function withEntry({ weights, bias }: Mixing, { row, column }: Entry, value: number): Mixing {
  return column === inChannels
    ? { weights, bias: bias.with(row, value) }
    : { weights: weights.with(row * inChannels + column, value), bias };
}

/** Weights uniform in tenths from −1.5 to 1.5, biases from −0.5 to 0.5: most maps stay within the colours' range. */
export function randomMixing(seed: number): Mixing {
  const rng = new Rng(seed);
  const tenths = (count: number, most: number) => Array.from(rng.randint([count], -most, most + 1).data, (x) => x / 10);
  return { weights: tenths(outChannels * inChannels, 15), bias: tenths(outChannels, 5) };
}
