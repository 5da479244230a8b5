import { labText } from "../../../text/lab/index.ts";
import { writeNumber, writeOperand } from "../write-number.ts";
import { FillingMap } from "./filling-map.tsx";
import { isPlaying, maps, place } from "./state.ts";

/** The slices' sums and the bias, written out, and the map that they fill. */
export function SlideTotal() {
  const text = labText();
  const { slices, bias, total, row, column } = place.value;
  const sums = slices.map(({ sum }) => sum);
  const spoken = text.slide.spoken(row + 1, column + 1, sums.map(writeNumber), writeNumber(bias), writeNumber(total));
  return (
    <div class="slide-row">
      <div class="slide-total">
        <p class="muted">{text.slide.outputSum}</p>
        <p class="slide-sum-line" aria-hidden="true">
          {sums.map((sum, c) => (
            <span key={text.channel(c + 1)}>
              {c > 0 && "+ "}
              {c > 0 ? writeOperand(sum) : writeNumber(sum)}
            </span>
          ))}
          <span>
            + {writeOperand(bias)} <small>{text.bias}</small>
          </span>
          <span>
            = <strong>{writeNumber(total)}</strong>
          </span>
        </p>
        {/* Said at each step that somebody takes; while it plays it would only be noise. */}
        <p class="hidden" aria-live={isPlaying.value ? "off" : "polite"}>
          {spoken}
        </p>
      </div>
      <FillingMap title={text.slide.output} values={maps.value.output} label={text.slide.output} />
    </div>
  );
}
