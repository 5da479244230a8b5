import { worstMistakes } from "../../engine/judge.ts";
import { dataInfo } from "../../state/data.ts";
import { HeldOutSamples } from "./held-out-samples.tsx";
import { judgement } from "./state.ts";

const most = 16;

/** The held-out samples with the highest loss of those that are wrong. */
export function MistakesCard() {
  const [info, judged] = [dataInfo.value, judgement.value];
  if (!info || !judged) return null;
  const numbers = worstMistakes(judged, most);
  return (
    <section class="card stack" aria-labelledby="mistakes-title">
      <h2 id="mistakes-title">The worst mistakes</h2>
      <p class="muted">
        {numbers.length === 0
          ? "There is none: every held-out sample is right."
          : "The wrong ones with the highest loss: the model is surest where it should not be. Press one to look at it."}
      </p>
      <HeldOutSamples numbers={numbers} info={info} judged={judged} />
    </section>
  );
}
