import { computed, effect, signal } from "@preact/signals";
import { remember, remembered } from "./storage.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const KEY = "pointwise.theme";

export const theme = signal<Theme>(remembered(KEY, themes) ?? "system");

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const systemIsDark = signal(prefersDark.matches);
prefersDark.addEventListener("change", (event) => {
  systemIsDark.value = event.matches;
});

/** What canvases and charts read, which cannot use the style sheet's colours by themselves. */
export const isDark = computed(() => (theme.value === "system" ? systemIsDark.value : theme.value === "dark"));

effect(() => {
  document.documentElement.dataset.theme = isDark.value ? "dark" : "light";
});

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  remember(KEY, chosen);
}
