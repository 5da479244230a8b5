import { type Language, language } from "../state/language.ts";

/**
 * The texts of a part of the page in the language that is chosen. A component that calls the result is drawn again when the language
 * changes.
 * ```ts
 * export const labText = texts<LabText>({ en, zh }); // the type is that of en: zh must have all of it
 * ```
 */
export const texts =
  <T>(byLanguage: Readonly<Record<Language, T>>): (() => T) =>
  () =>
    byLanguage[language.value];
