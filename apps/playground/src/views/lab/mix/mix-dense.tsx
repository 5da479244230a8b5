import { labText } from "../../../text/lab/index.ts";
import { AnswerMap } from "./answer-map.tsx";
import { outChannels } from "./mixing.ts";
import { Network } from "./network.tsx";
import { answers } from "./state.ts";

/** The dense layer: its network at the chosen pixel, and its answers at all of them. */
export function MixDense() {
  const text = labText();
  return (
    <section class="mix-layer">
      <h4>{text.mix.dense}</h4>
      <p class="muted">{text.mix.denseNote}</p>
      <div class="mix-network">
        <Network />
        <div class="mix-answers">
          {Array.from({ length: outChannels }, (_, row) => (
            <AnswerMap
              key={text.map(row + 1)}
              map={answers.value.dense}
              row={row}
              label={text.mix.denseMap(row + 1)}
              title={text.mix.answer(row + 1)}
            />
          ))}
        </div>
      </div>
    </section>
  );
}
