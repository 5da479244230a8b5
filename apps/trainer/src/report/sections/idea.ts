import type { LabResult } from "../../lab/result.ts";
import type { LayerCosts } from "../../lab/twin-models.ts";
import { formatCount } from "../../terminal/format.ts";
import { type Html, html } from "../html.ts";

export function ideaSection({ twins: [dense, pointwise] }: LabResult): Html {
  const [denseHead, pointwiseHead] = [headOf(dense.costs), headOf(pointwise.costs)];
  return html`<section id="idea">
<h2>The idea</h2>
<p>A dense layer makes each of its outputs a weighted sum of all its inputs. A 1×1 convolution does the same at each pixel, from what all input
channels have there: one kernel for each output channel, with one weight for each input channel. It sees no neighbours, so it cannot change height
or width; it mixes the channels, to fewer or to more. On a picture of a single pixel nothing is left to tell the two layers apart.</p>
<p><strong>What it saves, exactly.</strong> A 1×1 convolution has as many weights as the dense layer over the <em>channels</em>. It saves against the
dense layer over the <em>flattened picture</em>, which has weights of its own for every place:</p>
<table class="formulas">
<thead><tr><th scope="col">layer</th><th scope="col">parameters</th><th scope="col">here</th></tr></thead>
<tbody>
<tr><th scope="row">convolution</th><td>kH·kW·C<sub>in</sub>·C<sub>out</sub> + C<sub>out</sub></td><td>with kernels of kH×kW pixels</td></tr>
<tr><th scope="row">1×1 convolution</th><td>C<sub>in</sub>·C<sub>out</sub> + C<sub>out</sub></td><td>${formulaOf(pointwiseHead)}</td></tr>
<tr><th scope="row">dense, over the flattened picture</th><td>(C<sub>in</sub>·H·W)·C<sub>out</sub> + C<sub>out</sub></td><td>${formulaOf(denseHead)}</td></tr>
</tbody></table>
</section>`;
}

const headOf = (costs: readonly LayerCosts[]): LayerCosts | undefined => costs.find(({ part }) => part === "head");

const formulaOf = (costs: LayerCosts | undefined): string =>
  costs ? `${costs.formula} = ${formatCount(costs.parameters)}` : "";
