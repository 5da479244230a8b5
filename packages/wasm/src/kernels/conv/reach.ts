import type { ConvAxis } from "./conv-spec.ts";

/** A weight, and how far the element of the source that it meets lies beyond the first of the output's period. */
interface AxisTap {
  readonly weight: number;
  readonly offset: number;
}

/**
 * One dimension of outputs that are weighted sums of a source's elements: output m·period + p is the sum over the taps of phase p, of a weight
 * times element m·advance + offset, where the source has one. The period is the number of phases.
 */
export interface Reach {
  /** Of the output. */
  readonly size: number;
  readonly sourceSize: number;
  readonly advance: number;
  readonly phases: readonly (readonly AxisTap[])[];
}

/** Maps seen from a picture's windows. */
export const windowReach = ({ size, outSize, kernel, stride, dilation, padding }: ConvAxis): Reach => ({
  ...{ size: outSize, sourceSize: size, advance: stride },
  phases: [Array.from({ length: kernel }, (_, weight) => ({ weight, offset: weight * dilation - padding }))],
});

/** A picture's gradient seen from that of a map: a stride makes as many phases of pixels, each with weights of its own. */
export function gradientReach({ size, outSize, kernel, stride, dilation, padding }: ConvAxis): Reach {
  const phases = Array.from({ length: stride }, (_, phase) =>
    Array.from({ length: kernel }, (_, weight) => ({
      weight,
      offset: (phase + padding - weight * dilation) / stride,
    })).filter(({ offset }) => Number.isInteger(offset)),
  );
  return { size, sourceSize: outSize, advance: 1, phases };
}

/** Elements of a row that lie side by side, each times a weight, or none: terms of four neighbouring outputs of one phase. */
export interface VectorTerm {
  readonly phase: number;
  /** Of each lane: a product without a weight is of no use to anyone. */
  readonly weights: readonly (number | undefined)[];
  /** The same in writing. */
  readonly weightKey: string;
  /** The number of the phase's sum to which the products belong. */
  readonly sum: number;
  /** Of the first lane, beyond the first of the period. */
  readonly offset: number;
  /** The outputs of the lanes. */
  readonly outputs: readonly number[];
}

/** Four outputs of each phase as sums of vectors' lanes. */
export interface VectorSums {
  readonly terms: readonly VectorTerm[];
  /** So many sums a phase. */
  readonly sums: number;
  /** What is added up to outputs of the only phase, if windows advance by more than one: for each addend, the lane of each output, counted through all sums. */
  readonly lanes: readonly (readonly number[])[];
}

/** The outputs of the lanes of vector `vector` of those that make four outputs. */
export const outputsOf = (vector: number, advance: number): number[] =>
  [0, 1, 2, 3].map((lane) => Math.floor((4 * vector + lane) / advance));

/**
 * Where windows advance by several elements, whole vectors are multiplied all the same, by weights in the order of a window's elements, and lanes are
 * added at the end: that takes fewer shuffles than to choose elements first. Lanes for which some vectors have a weight and others have none are
 * summed up twice, since infinity times nothing would spoil a sum.
 */
export function vectorSums({ advance, phases }: Reach): VectorSums {
  const kinds: string[] = [];
  const lanes: number[][] = [];
  const terms = phases.flatMap((taps, phase) => {
    const first = Math.min(...taps.map(({ offset }) => offset));
    const starts = [...new Set(taps.map(({ offset }) => offset - ((offset - first) % advance)))];
    return starts.flatMap((start) => {
      const weightAt = (residue: number) => taps.find(({ offset }) => offset === start + residue)?.weight;
      const used = Array.from({ length: advance }, (_, i) => i).filter((i) => weightAt(i) !== undefined);
      if (!kinds.includes(used.join())) {
        const before = 4 * advance * kinds.length;
        kinds.push(used.join());
        lanes.push(...used.map((residue) => [0, 1, 2, 3].map((output) => before + output * advance + residue)));
      }
      const firstSum = advance * kinds.indexOf(used.join());
      return Array.from({ length: advance }, (_, vector) => {
        const weights = [0, 1, 2, 3].map((lane) => weightAt((4 * vector + lane) % advance));
        const outputs = outputsOf(vector, advance);
        return {
          phase,
          sum: firstSum + vector,
          offset: start + 4 * vector,
          weights,
          weightKey: weights.join(),
          outputs,
        };
      });
    });
  });
  return {
    terms: terms.filter(({ weights }) => weights.some((w) => w !== undefined)),
    sums: advance * kinds.length,
    lanes,
  };
}
