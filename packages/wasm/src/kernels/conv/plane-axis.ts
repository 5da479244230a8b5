import type { ConvAxis } from "./conv-spec.ts";

/**
 * How one dimension of a picture is spread over planes with zeros around them: place q of plane p has the pixel `firsts[p] + q·stride`, or 0
 * where the picture has none. With as many planes as the stride has pixels, a window that moves by a stride moves by one place.
 */
export interface PlaneAxis {
  readonly size: number;
  readonly stride: number;
  readonly firsts: readonly number[];
  /** Of each plane. */
  readonly places: number;
}

/** The places [from, to) of a plane that have pixels. */
export function covered({ size, stride, firsts, places }: PlaneAxis, plane: number): { from: number; to: number } {
  const first = firsts[plane]!;
  const from = Math.min(places, Math.max(0, Math.ceil(-first / stride)));
  const to = Math.min(places, Math.floor((size - 1 - first) / stride) + 1);
  return { from, to: Math.max(from, to) };
}

/** Where a weight finds its pixel for the first window: the next window's is one place on. */
export interface Tap {
  readonly plane: number;
  readonly place: number;
}

/** A picture seen through windows: its planes, and the tap of each weight. */
export function windowAxis({ size, outSize, kernel, stride, dilation, padding }: ConvAxis): {
  planes: PlaneAxis;
  taps: Tap[];
} {
  const distances = Array.from({ length: kernel }, (_, k) => k * dilation);
  const residues = [...new Set(distances.map((d) => d % stride))];
  const taps = distances.map((d) => ({ plane: residues.indexOf(d % stride), place: Math.floor(d / stride) }));
  const places = outSize + Math.max(...taps.map(({ place }) => place));
  return { planes: { size, stride, firsts: residues.map((r) => r - padding), places }, taps };
}

/** The numbers first, first + step, ... */
export interface Progression {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** The pixels start, start + stride, ... of a picture: those to which the same weights contribute. */
export interface GradientPhase {
  readonly start: number;
  readonly count: number;
  /** These weights. */
  readonly kernel: Progression;
  /** For each of them, the place of the map's gradient that it carries to the first of the pixels; the next pixel's is one place on. */
  readonly places: readonly number[];
}

/** The gradient of a map, seen from the picture's pixels: padded, and which weights carry it to which pixels; one phase for each pixel of a stride. */
export function gradientAxis({ size, outSize, kernel, stride, dilation, padding }: ConvAxis): {
  planes: PlaneAxis;
  phases: GradientPhase[];
} {
  const found = Array.from({ length: stride }, (_, residue) => {
    // Pixel y is pixel y + padding = q·stride + residue of the padded picture; weight k carries to it from q − ⌊k·dilation / stride⌋.
    const firstQ = Math.ceil((padding - residue) / stride);
    const start = firstQ * stride + residue - padding;
    const count = start < size ? Math.floor((size - 1 - start) / stride) + 1 : 0;
    // In a phase that has no pixels, no weight carries anywhere.
    const carries = (k: number) => count > 0 && (k * dilation) % stride === residue;
    const kernels = Array.from({ length: kernel }, (_, k) => k).filter(carries);
    const sources = kernels.map((k) => firstQ - Math.floor((k * dilation) / stride));
    const step = kernels.length > 1 ? kernels[1]! - kernels[0]! : 1;
    return { start, count, kernel: { first: kernels[0] ?? 0, step, count: kernels.length }, sources };
  });
  const busy = found.filter(({ kernel }) => kernel.count > 0);
  const first = busy.length > 0 ? Math.min(...busy.flatMap(({ sources }) => sources)) : 0;
  const end = Math.max(first + 1, ...busy.map(({ sources, count }) => Math.max(...sources) + count));
  return {
    planes: { size: outSize, stride: 1, firsts: [first], places: end - first },
    phases: found.map(({ sources, ...phase }) => ({ ...phase, places: sources.map((source) => source - first) })),
  };
}
