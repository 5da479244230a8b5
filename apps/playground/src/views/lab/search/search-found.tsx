import { countRight } from "../../../engine/search/match.ts";
import { searchText } from "../../../text/lab/search/index.ts";
import { answer, matches, scene, stamps } from "./state.ts";

/** What was found, in words. */
export function SearchFound() {
  const text = searchText();
  return (
    <p class="search-found" aria-live="polite">
      {answer.value && sentences(text)}
    </p>
  );
}

function sentences(text: ReturnType<typeof searchText>): string {
  if (scene.value.pixels.every((ink) => ink === 0)) return text.empty;
  const found = matches.value;
  if (found.length === 0) return text.none;
  const digits = found.map(({ digit, truth }) =>
    truth === undefined || truth === digit ? String(digit) : text.isReally(digit, truth),
  );
  const hits = stamps.value.length > 0 ? text.hits(countRight(found), stamps.value.length) : "";
  return `${text.found(digits.join(text.listComma))} ${hits}`;
}
