import type { Window } from "./cost.ts";

/** What one place of a tensor sees of the input, and by how many input pixels neighbouring places are apart; [height, width]. */
export interface ReceptiveField {
  readonly size: readonly [number, number] | "all";
  readonly jump: readonly [number, number];
}

export const onePixel: ReceptiveField = { size: [1, 1], jump: [1, 1] };

/**
 * The field after a layer with the given window: size + (k − 1) · dilation · jump, and jump · stride.
 * @see A. Araujo and others, "Computing receptive fields of convolutional neural networks", Distill (2019)
 */
export function through(field: ReceptiveField, window: Window | "all" | undefined): ReceptiveField {
  if (window === undefined || field.size === "all") return field;
  if (window === "all") return { size: "all", jump: field.jump };
  const { kernelSize, stride, dilation = [1, 1] } = window;
  const grown = (i: 0 | 1, size: number) => size + (kernelSize[i] - 1) * dilation[i] * field.jump[i];
  return {
    size: [grown(0, field.size[0]), grown(1, field.size[1])],
    jump: [field.jump[0] * stride[0], field.jump[1] * stride[1]],
  };
}

const area = ({ size }: ReceptiveField): number => (size === "all" ? Number.POSITIVE_INFINITY : size[0] * size[1]);

export const larger = (a: ReceptiveField, b: ReceptiveField): ReceptiveField => (area(b) > area(a) ? b : a);

/** `5×5`, `5×5 /2` where neighbours are two pixels apart, or `all`. */
export function formatField({ size, jump }: ReceptiveField): string {
  if (size === "all") return size;
  const [h, w] = jump;
  return `${size[0]}×${size[1]}${h * w === 1 ? "" : h === w ? ` /${h}` : ` /${h}×${w}`}`;
}
