import { searchText } from "../../../text/lab/search/index.ts";
import { Button } from "../../../ui/button.tsx";
import { writeDifference } from "../write-number.ts";
import { compare, comparison, isTrained } from "./state.ts";

/** Scores are some tens at most, and float32 has 7 digits: what differs by more is not rounding. */
const rounding = 1e-4;

/** Compares one go with window by window, when asked. */
export function SearchComparison() {
  const text = searchText();
  const made = comparison.value;
  return (
    <div class="stack">
      <div class="row">
        <Button onClick={compare} disabled={!isTrained.value || made === "asked"}>
          {text.compare}
        </Button>
      </div>
      <div aria-live="polite">
        {made === "asked" && <p class="muted">{text.comparing}</p>}
        {typeof made === "object" && (
          <p class="proof">
            {text.difference}{" "}
            <output class={made.largestDifference < rounding ? "good" : "wrong"}>
              {writeDifference(made.largestDifference)}
            </output>
            <span class="muted">
              {text.measured(made.milliseconds.inOneGo.toFixed(0), made.milliseconds.windowByWindow.toFixed(0))}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
