import { computed, signal } from "@preact/signals";
import { runBothLayers } from "./both-layers.ts";
import { type Entry, initialMixing, randomMixing, withEntry } from "./mixing.ts";
import { drawPicture, type PictureName } from "./pictures.ts";

export const pictureName = signal<PictureName>("apple");
export const picture = computed(() => drawPicture(pictureName.value));

export const mixing = signal(initialMixing);

/** What both layers make of the picture with the weights of now. */
export const answers = computed(() => runBothLayers(picture.value, mixing.value));

/** In reading order. Two rows down in the apple's highlight: all channels differ there. */
export const chosenPixel = signal(3 * 8 + 1);

/** What is pointed at or has the focus, in the matrix or in the network: it is marked in both. */
const touchedEntry = signal<Entry | undefined>(undefined);

export function isTouched({ row, column }: Entry): boolean {
  return touchedEntry.value?.row === row && touchedEntry.value.column === column;
}

export function touchEntry(entry: Entry | undefined): void {
  touchedEntry.value = entry;
}

export function turnEntry(entry: Entry, value: number): void {
  mixing.value = withEntry(mixing.value, entry, value);
}

export function resetMixing(): void {
  mixing.value = initialMixing;
}

export function drawRandomMixing(): void {
  mixing.value = randomMixing(Math.floor(Math.random() * 2 ** 32));
}
