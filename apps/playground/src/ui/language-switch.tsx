import { chooseLanguage, language } from "../state/language.ts";
import { Button } from "./button.tsx";

/** Each language is named in itself, for whoever does not read the other one. */
export function LanguageSwitch() {
  const [other, title] = language.value === "en" ? (["zh", "中文"] as const) : (["en", "English"] as const);
  return <Button onClick={() => chooseLanguage(other)}>{title}</Button>;
}
