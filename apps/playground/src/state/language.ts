import { effect, signal } from "@preact/signals";
import { remember, remembered } from "./storage.ts";

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

const KEY = "pointwise.language";

export const language = signal<Language>(
  remembered(KEY, languages) ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"),
);

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-Hans" : "en";
});

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  remember(KEY, chosen);
}
