import { formatDifference } from "../../lab/proof.ts";
import type { LabResult } from "../../lab/result.ts";
import { diverging, grayscale } from "../color-scales.ts";
import { type Html, html } from "../html.ts";
import { pixelImage } from "../pixel-image.ts";

export function kernelSection({ kernel }: LabResult): Html {
  const { channels, picture, digit, layer, sum, bias, largestDifference } = kernel;
  const ofInputs = grayscale(channels.flatMap(({ input }) => input.values));
  const ofSlices = diverging(channels.flatMap(({ slice }) => slice.values));
  const ofMaps = diverging([...channels.flatMap(({ map }) => map.values), ...sum.values]);
  return html`<section id="kernel">
<h2>Many channels in, one map out</h2>
<p>One trained kernel of <code>${layer}</code>, in the twin with the dense head, at a held-out ${digit}. A kernel has a slice for each input channel. Each slice
slides over its own channel only; the maps that this gives are added up, with one bias, to a single output map. Another kernel makes another map.</p>
<div class="kernel">
<figure class="source">${pixelImage(picture, grayscale(picture.values), `The held-out digit ${digit}`)}<figcaption>the digit</figcaption></figure>
<div class="channels" style="--n:${channels.length}">
<span class="row-label">input channels</span>
${channels.map(({ input }, c) => pixelImage(input, ofInputs, `Input channel ${c + 1}`))}
<span class="row-label">slices of the kernel</span>
${channels.map(({ slice }, c) => pixelImage(slice, ofSlices, `Slice ${c + 1} of the kernel, its weights`))}
<span class="row-label">their maps</span>
${channels.map(({ map }, c) => pixelImage(map, ofMaps, `What slice ${c + 1} makes of channel ${c + 1}`))}
</div>
<figure class="sum"><figcaption>sum + bias ${signed(bias)}</figcaption>${pixelImage(sum, ofMaps, "The sum of all maps and the bias: the output map")}<figcaption>one output map</figcaption></figure>
</div>
<p class="note"><span class="swatch positive"></span> positive <span class="swatch negative"></span> negative; all maps on one scale.
Largest difference between this sum and what the layer itself gives: ${formatDifference(largestDifference)}${largestDifference > 0 ? " (float32 numbers, added up in another order)" : ""}.</p>
</section>`;
}

const signed = (x: number): string => (x < 0 ? `−${(-x).toFixed(3)}` : `+${x.toFixed(3)}`);
