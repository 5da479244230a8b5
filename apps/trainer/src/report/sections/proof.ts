import { explainProof, formatDifference } from "../../lab/proof.ts";
import type { LabResult } from "../../lab/result.ts";
import { type Html, html } from "../html.ts";

export function proofSection({ proof }: LabResult): Html {
  return html`<section id="proof">
<h2>The proof</h2>
<div class="split wide">
<div>
<p>A dense layer at every pixel, and a 1×1 convolution that was given its weights, side by side: the largest differences between what they compute.
The last column compares the weights after ten steps of Adam, each layer on its own gradients.</p>
<p>${explainProof(proof)}</p>
</div>
<div class="scroll"><table class="numbers">
<thead><tr><th scope="col">pictures</th><th scope="col">dtype</th><th scope="col">outputs</th><th scope="col">∂ input</th><th scope="col">∂ weight</th><th scope="col">∂ bias</th><th scope="col">10 Adam steps</th></tr></thead>
<tbody>${proof.map(
    (row) => html`<tr><th scope="row">${row.side}×${row.side}</th><td>${row.dtype}</td>
${[row.output, row.inputGradient, row.weightGradient, row.biasGradient, row.afterTenSteps].map((difference) => html`<td>${formatDifference(difference)}</td>`)}</tr>`,
  )}</tbody></table></div>
</div>
</section>`;
}
