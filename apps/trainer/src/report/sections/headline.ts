import { formatDifference, largestOf } from "../../lab/proof.ts";
import type { LabResult } from "../../lab/result.ts";
import { totalOf } from "../../lab/twin-models.ts";
import { formatCount, formatPercent } from "../../terminal/format.ts";
import { type Html, html } from "../html.ts";

export function headlineSection({ proof, twins, search, heldOutDigits }: LabResult): Html {
  const [dense, pointwise] = twins;
  const largest = largestOf(proof, "float32");
  const head = (i: 0 | 1) => totalOf(twins[i].costs, "parameters", "head");
  return html`<header>
<p class="brand">Pointwise · lab report</p>
<h1>A 1×1 convolution <em>is</em> a dense layer, at every pixel</h1>
<p class="lead">Here it takes a dense layer's place in a network that reads handwritten digits:
${formatPercent(pointwise.accuracy)} of ${formatCount(heldOutDigits)} held-out digits right, against ${formatPercent(dense.accuracy)}, with a head of
${formatCount(head(1))} parameters instead of ${formatCount(head(0))}.</p>
<dl class="tiles">
${tile(formatDifference(largest), "largest float32 difference between the layers, ten Adam steps included")}
${tile(formatPercent(dense.accuracy), `held-out accuracy, ${dense.name}`, "dense")}
${tile(formatPercent(pointwise.accuracy), `held-out accuracy, ${pointwise.name}`, "pointwise")}
${tile(`${(head(0) / head(1)).toFixed(1)}×`, "fewer parameters in the 1×1 head than in the dense one")}
${tile(`${search.hits} / ${search.truth.length}`, "digits found by sliding the dense classifier over a larger picture")}
</dl>
</header>`;
}

const tile = (value: string, label: string, kind = ""): Html =>
  html`<div class="tile ${kind}"><dt>${label}</dt><dd>${value}</dd></div>`;
