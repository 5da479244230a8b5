import { computed, signal } from "@preact/signals";
import { countLayers, initialSizes, type MapSizes } from "./counts.ts";

export const sizes = signal<MapSizes>(initialSizes);
export const counts = computed(() => countLayers(sizes.value));

export function changeSizes(change: Partial<MapSizes>): void {
  sizes.value = { ...sizes.value, ...change };
}
