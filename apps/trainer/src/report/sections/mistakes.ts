import type { LabResult } from "../../lab/result.ts";
import type { TwinResult } from "../../lab/twins.ts";
import { formatNumber, formatPercent } from "../../terminal/format.ts";
import { grayscale } from "../color-scales.ts";
import { confusionTable } from "../confusion-table.ts";
import { type Html, html } from "../html.ts";
import { pixelImage } from "../pixel-image.ts";

export function mistakesSection({ twins }: LabResult): Html {
  return html`<section id="mistakes">
<h2>Where they are wrong</h2>
<p>All held-out digits by what they are (rows) and what was predicted (columns), and below the mistakes with the highest loss.</p>
<div class="pair">${twins.map((twin, i) => ofTwin(twin, i === 0 ? "dense" : "pointwise"))}</div>
</section>`;
}

function ofTwin(twin: TwinResult, kind: string): Html {
  const wrong = twin.confusion.flat().reduce((a, b) => a + b, 0) - twin.confusion.reduce((a, row, i) => a + row[i]!, 0);
  return html`<div>
<h3><span class="key ${kind}">${twin.name}</span> <small>${wrong} wrong</small></h3>
${confusionTable(twin)}
<ul class="mistakes">${twin.mistakes.map(
    ({
      picture,
      truth,
      predicted,
      probability,
      loss,
    }) => html`<li>${pixelImage(picture, grayscale(picture.values), `A ${truth} taken for a ${predicted}`)}
<span><b>${truth}</b> taken for <b>${predicted}</b></span><small>${formatPercent(probability)} sure, loss ${formatNumber(loss)}</small></li>`,
  )}</ul>
</div>`;
}
