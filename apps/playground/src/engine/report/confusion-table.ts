import { type Html, html } from "./html.ts";

/** Right ones on the diagonal; wrong ones are the stronger the more there are. */
export function confusionTable(confusion: readonly (readonly number[])[], classes: readonly string[]): Html {
  const wrong = confusion.flatMap((row, truth) => row.filter((_, said) => said !== truth));
  const most = wrong.reduce((a, b) => Math.max(a, b), 1);
  const cell = (count: number, isRight: boolean): Html => {
    if (count === 0) return html`<td class="none">·</td>`;
    if (isRight) return html`<td class="right">${count}</td>`;
    return html`<td class="mistaken" style="--p:${Math.round(15 + (40 * count) / most)}%">${count}</td>`;
  };
  return html`<div class="scroll"><table class="confusion">
<caption>Rows: what they are. Columns: what the model says.</caption>
<thead><tr><td></td>${classes.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${confusion.map((row, truth) => html`<tr><th scope="row">${classes[truth]!}</th>${row.map((count, said) => cell(count, truth === said))}</tr>`)}</tbody>
</table></div>`;
}
