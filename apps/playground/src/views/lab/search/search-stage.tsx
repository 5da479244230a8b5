import { searchText } from "../../../text/lab/search/index.ts";
import { formatPercent } from "../../../ui/format.ts";
import { HeatMap } from "../../../ui/heat-map.tsx";
import { boxStyle } from "./box-style.ts";
import { StampHandle } from "./stamp-handle.tsx";
import { drawn, matches, scene, size, stamps } from "./state.ts";
import { useDrawing } from "./use-drawing.ts";

/** The large picture: drawn on, digits dropped on it, and boxes around what was found. */
export function SearchStage() {
  const text = searchText();
  const drawing = useDrawing();
  const isEmpty = stamps.value.length === 0 && drawn.value.every((ink) => ink === 0);
  return (
    <div class="search-stage" {...drawing}>
      <HeatMap {...size} values={scene.value.pixels} label={text.stage(size.height, size.width, stamps.value.length)} />
      {isEmpty && <span class="search-frame" style={boxStyle({ top: 4, left: 4 })} />}
      {stamps.value.map((stamp) => (
        <StampHandle key={stamp.id} stamp={stamp} />
      ))}
      {matches.value.map((match) => {
        const { digit, truth, top, left, probability } = match;
        const isWrong = truth !== undefined && truth !== digit;
        return (
          <span
            key={`${top} ${left}`}
            class={isWrong ? "search-box wrong" : "search-box"}
            style={boxStyle(match)}
            aria-hidden="true"
          >
            <b>
              {digit}
              {isWrong && ` ≠ ${truth}`}
            </b>
            <small>{formatPercent(probability)}</small>
          </span>
        );
      })}
    </div>
  );
}
