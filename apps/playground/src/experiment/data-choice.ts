import type { Shape } from "@pointwise/tensor";
import { real, whole } from "./number-rule.ts";

export const dataKinds = ["digits", "spiral", "moons", "images", "csv"] as const;
export type DataKind = (typeof dataKinds)[number];

/** Which samples to train on. Pictures and tables are the visitor's own, and stay on the visitor's machine: a link only says which kind. */
export type DataChoice =
  | { readonly kind: "digits" | "csv" }
  | { readonly kind: "spiral" | "moons"; readonly noise: number }
  /** Pictures are brought to `size` × `size` pixels. */
  | { readonly kind: "images"; readonly size: number };

/** Radians of the spiral's angle; of the moons, parts of their radius. */
export const noiseRule = real(0, 1, 0.15, 0.05);
export const pictureSizeRule = whole(8, 64, 32);

/** What a model must know of its data. */
export interface DataShape {
  /** Of one sample: [channels, height, width] or [features]. */
  readonly inputShape: Shape;
  readonly classes: readonly string[];
}

/** Of data that are the same for everybody; of a visitor's own data the shape is known when they are read. */
export function knownShape({ kind }: DataChoice): DataShape | undefined {
  switch (kind) {
    case "digits":
      return { inputShape: [1, 28, 28], classes: Array.from("0123456789") };
    case "spiral":
      return { inputShape: [2], classes: ["arm 0", "arm 1", "arm 2"] };
    case "moons":
      return { inputShape: [2], classes: ["upper", "lower"] };
    default:
      return undefined;
  }
}
