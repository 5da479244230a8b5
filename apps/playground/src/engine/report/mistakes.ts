import type { Judgement } from "../judge.ts";
import { worstMistakes } from "../judge.ts";
import { heldOutSamples } from "../look.ts";
import type { Session } from "../session.ts";
import { bitmapUri } from "./bitmap.ts";
import { type Html, html } from "./html.ts";

const most = 16;

/** The held-out samples that the model is most wrong about. */
export function mistakesList(session: Session, judgement: Judgement): Html {
  const numbers = worstMistakes(judgement, most);
  if (numbers.length === 0) return html`<p>There is none: every held-out sample is right.</p>`;
  const { inputShape, classes, features } = session.data;
  const { values } = heldOutSamples(session, Int32Array.from(numbers));
  const size = values.length / numbers.length;
  const [channels = 1, height = 1, width = 1] = inputShape;
  const shown = (own: Float32Array): Html =>
    inputShape.length === 3
      ? html`<img src="${bitmapUri(own, channels, height, width)}" alt="">`
      : html`<p>${valuesAsText(own, features)}</p>`;
  return html`<ul class="mistakes">${numbers.map((number, i) => {
    const [truth, said] = [classes[judgement.labels[number]!]!, classes[judgement.said[number]!]!];
    const [sure, right] = [judgement.sureness[number]!, Math.exp(-judgement.losses[number]!)];
    return html`<li>${shown(values.subarray(i * size, (i + 1) * size))}<b>${truth}</b> taken for <b>${said}</b>
<small>${percent(sure)} sure; ${percent(right)} for ${truth}</small></li>`;
  })}</ul>`;
}

function valuesAsText(values: Float32Array, features: readonly string[] = ["x", "y"]): string {
  const some = Array.from(values.subarray(0, 4), (value, i) => `${features[i]} ${Number(value.toPrecision(3))}`);
  return some.join(", ") + (values.length > 4 ? " …" : "");
}

const percent = (share: number): string => `${(100 * share).toPrecision(3)}%`;
