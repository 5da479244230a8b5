import { computed, signal } from "@preact/signals";
import type { Filters } from "../../engine/filters.ts";
import type { Judgement } from "../../engine/judge.ts";
import type { LayerMaps, Look } from "../../engine/look.ts";
import { Curve } from "../../state/curve.ts";
import { dataInfo } from "../../state/data.ts";

/** What the model is to look at: a held-out sample by its number, or a drawn digit. */
export type Chosen =
  | { readonly kind: "held-out"; readonly number: number }
  | { readonly kind: "drawn"; readonly values: Float32Array };

export const chosen = signal<Chosen>({ kind: "held-out", number: 0 });

export interface Seen extends Look {
  readonly chosen: Chosen;
  /** Before they are normalised. */
  readonly values: Float32Array;
  /** Of a held-out sample. */
  readonly label: number | undefined;
}

/** What it makes of it; nothing until the worker has answered. */
export const seen = signal<Seen | undefined>(undefined);

/** Of samples with two features: each neuron over the plane. */
export const planeMaps = signal<readonly LayerMaps[] | undefined>(undefined);

export const filters = signal<readonly Filters[]>([]);
export const judgement = signal<Judgement | undefined>(undefined);

/** By block. A new map whenever there is a new point; the curves in it are the same. */
export const gradientCurves = signal<ReadonlyMap<number, Curve>>(new Map());

/** Why something cannot be shown. */
export const insideProblem = signal<string | undefined>(undefined);

/** Whether samples are points of the plane. */
export const isPlane = computed(() => {
  const shape = dataInfo.value?.inputShape;
  return shape?.length === 1 && shape[0] === 2;
});

export function addGradients(step: number, norms: readonly { readonly block: number; readonly norm: number }[]): void {
  const curves = new Map(gradientCurves.peek());
  for (const { block, norm } of norms) {
    const curve = curves.get(block) ?? new Curve(200);
    if ((curve.x.at(-1) ?? 0) >= step) return; // asked twice between two steps
    curve.add(step, norm);
    curves.set(block, curve);
  }
  gradientCurves.value = curves;
}
