import type { LabResult } from "../../lab/result.ts";
import { totalOf } from "../../lab/twin-models.ts";
import type { TwinResult } from "../../lab/twins.ts";
import { formatCount, formatDuration, formatPercent } from "../../terminal/format.ts";
import { type Html, html } from "../html.ts";
import { accuracyChart, lossChart } from "../training-charts.ts";

export function twinsSection({ twins, options, trainingDigits, heldOutDigits }: LabResult): Html {
  return html`<section id="twins">
<h2>Twins: a dense head against a 1×1 head</h2>
<p>Both have the same body, from the same first weights, and were trained on the same batches of ${formatCount(trainingDigits)} digits, for ${options.epochs}
epoch${options.epochs === 1 ? "" : "s"}. One flattens the body's map into a dense layer. The other has a 1×1 convolution say at every place of the map
which digit it sees, and averages (global average pooling).</p>
<p class="legend"><span class="key dense">${twins[0].name}</span><span class="key pointwise">${twins[1].name}</span>
<span class="note">faint: each batch; line: smoothed; marks: the ${formatCount(heldOutDigits)} held-out digits</span></p>
<div class="charts">
${lossChart(twins)}
${accuracyChart(twins)}
</div>
<div class="split tables">
${comparison(twins)}
${layerTable(twins)}
</div>
<p>The heads differ in what they keep: the dense one has weights for every place of the map, the 1×1 head uses the same few at all of them. So it has
fewer parameters, not fewer MACs.</p>
</section>`;
}

function comparison([dense, pointwise]: LabResult["twins"]): Html {
  const row = (title: string, of: (twin: TwinResult) => string, kind = "") =>
    html`<tr class="${kind}"><th scope="row">${title}</th><td>${of(dense)}</td><td>${of(pointwise)}</td></tr>`;
  return html`<div class="scroll"><table class="numbers compare">
<caption>What they achieve, and what they cost</caption>
<thead><tr><td></td><th scope="col"><span class="key dense">${dense.name}</span></th><th scope="col"><span class="key pointwise">${pointwise.name}</span></th></tr></thead>
<tbody>
${row("held-out accuracy", ({ accuracy }) => formatPercent(accuracy))}
${row("parameters", ({ costs }) => formatCount(totalOf(costs, "parameters")))}
${row("of the body", ({ costs }) => formatCount(totalOf(costs, "parameters", "body")), "part")}
${row("of the head", ({ costs }) => formatCount(totalOf(costs, "parameters", "head")), "part")}
${row("MACs for a picture", ({ costs }) => formatCount(totalOf(costs, "macs")))}
${row("of the head", ({ costs }) => formatCount(totalOf(costs, "macs", "head")), "part")}
${row("training time", ({ seconds }) => formatDuration(seconds))}
</tbody></table></div>`;
}

function layerTable(twins: LabResult["twins"]): Html {
  const layers = [
    ...twins[0].costs.filter(({ part }) => part === "body").map((costs) => ({ kind: "", costs })),
    ...twins.flatMap(({ costs }, i) =>
      costs
        .filter(({ part }) => part === "head")
        .map((costs) => ({ kind: i === 0 ? "key dense" : "key pointwise", costs })),
    ),
  ];
  return html`<div class="scroll"><table class="numbers layers">
<caption>Layers with parameters: the common body, and the heads</caption>
<thead><tr><th scope="col">layer</th><th scope="col">output</th><th scope="col">parameters</th><th scope="col">=</th><th scope="col">MACs</th></tr></thead>
<tbody>${layers.map(
    ({ kind, costs }) =>
      html`<tr><th scope="row"><code class="${kind}">${costs.layer}</code></th><td>${costs.outputShape.join("×")}</td><td>${costs.formula}</td><td>${formatCount(costs.parameters)}</td><td>${formatCount(costs.macs)}</td></tr>`,
  )}</tbody></table></div>`;
}
