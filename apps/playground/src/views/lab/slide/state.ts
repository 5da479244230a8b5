import { batch, computed, signal } from "@preact/signals";
import { cellSizes } from "./cell-sizes.ts";
import { differenceToLayer } from "./check-by-layer.ts";
import { slideOver } from "./maps.ts";
import { drawNumbers } from "./numbers.ts";
import { padChannel } from "./padded.ts";
import { placeAt } from "./place.ts";
import { initialSetting, type SlideSetting } from "./setting.ts";

export const setting = signal(initialSetting);
const numbers = computed(() => drawNumbers(setting.value));

export const paddedChannels = computed(() =>
  Array.from({ length: setting.value.channels }, (_, c) => padChannel(numbers.value.picture, c, setting.value.padding)),
);

/** In CSS pixels; 0 until it is measured. */
export const stageWidth = signal(0);
export const cells = computed(() => cellSizes(stageWidth.value, setting.value));

/** The maps when all places are done; how far they are shown says {@link placeIndex}. */
export const maps = computed(() => slideOver(setting.value, numbers.value));
export const difference = computed(() => differenceToLayer(setting.value, numbers.value, maps.value.output));

/** The place that the kernel is at, in reading order. */
export const placeIndex = signal(0);
export const place = computed(() => placeAt(setting.value, numbers.value, placeIndex.value));
export const lastPlace = computed(() => maps.value.side ** 2 - 1);

/** Plays only once somebody asks for it: nothing moves by itself. */
export const isPlaying = signal(false);
export const placesPerSecond = signal(3);

/** Starts anew: another setting has other places. */
export function changeSetting(change: Partial<SlideSetting>): void {
  batch(() => {
    isPlaying.value = false;
    placeIndex.value = 0;
    setting.value = { ...setting.value, ...change };
  });
}

export function goTo(index: number): void {
  batch(() => {
    isPlaying.value = false;
    placeIndex.value = Math.min(lastPlace.value, Math.max(0, index));
  });
}

/** From the beginning if all is done. */
export function togglePlaying(): void {
  batch(() => {
    if (!isPlaying.value && placeIndex.value === lastPlace.value) placeIndex.value = 0;
    isPlaying.value = !isPlaying.value;
  });
}

export function pause(): void {
  isPlaying.value = false;
}

/** A step while playing, which ends at the last place. */
export function playOn(): void {
  batch(() => {
    placeIndex.value = Math.min(lastPlace.value, placeIndex.value + 1);
    if (placeIndex.value === lastPlace.value) isPlaying.value = false;
  });
}
