import type { TwinResult } from "../lab/twins.ts";
import { type Html, html } from "./html.ts";

/** Right predictions in the twin's colour, wrong ones the stronger the more there are. */
export function confusionTable({ name, confusion }: TwinResult): Html {
  const mostWrong = Math.max(
    1,
    ...confusion.flatMap((row, truth) => row.filter((_, predicted) => predicted !== truth)),
  );
  const cell = (count: number, truth: number, predicted: number): Html => {
    if (count === 0) return html`<td class="none">·</td>`;
    if (truth === predicted) return html`<td class="right">${count}</td>`;
    return html`<td class="wrong" style="--p:${Math.round(20 + 35 * (count / mostWrong))}%">${count}</td>`;
  };
  return html`<table class="confusion">
<caption class="hidden">Confusion matrix of the ${name}</caption>
<thead><tr><td></td>${confusion.map((_, digit) => html`<th scope="col">${digit}</th>`)}</tr></thead>
<tbody>${confusion.map((row, truth) => html`<tr><th scope="row">${truth}</th>${row.map((count, predicted) => cell(count, truth, predicted))}</tr>`)}</tbody>
</table>`;
}
