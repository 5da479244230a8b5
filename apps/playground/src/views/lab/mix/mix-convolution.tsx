import { labText } from "../../../text/lab/index.ts";
import { WeightCell } from "../weight-cell.tsx";
import { AnswerMap } from "./answer-map.tsx";
import { entryValue, inChannels, outChannels, weightRange } from "./mixing.ts";
import { answers, isTouched, mixing, touchEntry, turnEntry } from "./state.ts";

/** The 1×1 convolution: the matrix, each row of which makes the map beside it. */
export function MixConvolution() {
  const text = labText();
  const columns = [...text.mix.colours, text.bias];
  const label = (row: number, column: number) =>
    column === inChannels ? text.mix.biasOf(row + 1) : text.mix.weight(columns[column]!, row + 1);
  return (
    <section class="mix-layer">
      <h4>{text.mix.convolution}</h4>
      <p class="muted">{text.mix.convolutionNote}</p>
      <div class="mix-matrix">
        {columns.map((title) => (
          <span key={title} class="mix-head">
            {title}
          </span>
        ))}
        <span class="mix-head" />
        {Array.from({ length: outChannels }, (_, row) => [
          ...columns.map((title, column) => (
            <WeightCell
              key={`${title} ${row}`}
              label={label(row, column)}
              value={entryValue(mixing.value, { row, column })}
              range={weightRange}
              touched={isTouched({ row, column })}
              onTouch={(touched) => touchEntry(touched ? { row, column } : undefined)}
              onTurn={(value) => turnEntry({ row, column }, value)}
            />
          )),
          <AnswerMap
            key={row}
            map={answers.value.convolution}
            row={row}
            label={text.mix.convolutionMap(row + 1)}
            title={text.map(row + 1)}
          />,
        ])}
      </div>
    </section>
  );
}
