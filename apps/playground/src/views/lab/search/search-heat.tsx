import { useMemo } from "preact/hooks";
import type { SearchAnswer } from "../../../engine/search/searcher.ts";
import { bodyStride } from "../../../engine/twins/twin-experiments.ts";
import { searchText } from "../../../text/lab/search/index.ts";
import { amount } from "../../../ui/color-scale.ts";
import { HeatMap } from "../../../ui/heat-map.tsx";
import { answer } from "./state.ts";

/** A map for each class. */
export function SearchHeat() {
  const text = searchText();
  const given = answer.value;
  const maps = useMemo(() => given && mapsOf(given), [given]);
  if (!given || !maps) {
    return (
      <div class="search-heat">
        <h4>{text.heat}</h4>
        <p class="muted">{text.heatLater}</p>
      </div>
    );
  }
  const { rows, columns, found } = given;
  return (
    <div class="search-heat">
      <h4>{text.heat}</h4>
      <div class="search-maps">
        {maps.map((values, digit) => (
          <figure key={`${digit}`}>
            <figcaption>{digit}</figcaption>
            <div class="search-map">
              <HeatMap values={values} height={rows} width={columns} scale={amount} label={text.heatMap(digit)} />
              {found
                .filter((f) => f.digit === digit)
                .map(({ top, left }) => (
                  <span
                    key={`${top} ${left}`}
                    class="search-ring"
                    style={{
                      top: `${(100 * (top / bodyStride + 0.5)) / rows}%`,
                      left: `${(100 * (left / bodyStride + 0.5)) / columns}%`,
                    }}
                  />
                ))}
            </div>
          </figure>
        ))}
      </div>
      <p class="muted">{text.heatNote(rows, columns)}</p>
    </div>
  );
}

/** Probabilities [rows, columns] of each class, 0 where a window has no ink. */
function mapsOf({ classes, probabilities, hasInk }: SearchAnswer): Float32Array[] {
  const windows = hasInk.length;
  return Array.from({ length: classes }, (_, digit) =>
    probabilities.subarray(digit * windows, (digit + 1) * windows).map((p, window) => p * hasInk[window]!),
  );
}
