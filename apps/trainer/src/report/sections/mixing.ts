import type { LabResult } from "../../lab/result.ts";
import { diverging } from "../color-scales.ts";
import { type Html, html } from "../html.ts";
import { pngUri } from "../pixel-image.ts";

const cell = 10;
const margin = { left: 16, top: 16 };

export function mixingSection({ mixing: { layer, weights } }: LabResult): Html {
  const { height, width, values } = weights;
  const [right, bottom] = [margin.left + width * cell, margin.top + height * cell];
  const everyFew = Array.from({ length: width }, (_, i) => i + 1).filter((i) => i === 1 || i % 8 === 0);
  return html`<section id="mixing">
<h2>What a 1×1 convolution is: a mixing matrix</h2>
<p>All weights of the trained <code>${layer}</code>: a row for each output channel, here a digit, and a column for each input channel. At every pixel this same
matrix takes ${width} numbers to ${height}: what of a channel speaks for a digit (<span class="swatch positive"></span>) and what against it (<span class="swatch negative"></span>).</p>
<figure class="matrix">
<svg viewBox="0 0 ${right + 2} ${bottom + 2}" role="img" aria-label="Heat map of the ${height} by ${width} weights">
${everyFew.map((i) => html`<text x="${margin.left + (i - 0.5) * cell}" y="${margin.top - 5}" text-anchor="middle">${i}</text>`)}
${Array.from({ length: height }, (_, i) => html`<text x="${margin.left - 5}" y="${margin.top + (i + 0.5) * cell}" dy="0.35em" text-anchor="end">${i}</text>`)}
<image class="pixels" x="${margin.left}" y="${margin.top}" width="${width * cell}" height="${height * cell}" preserveAspectRatio="none" href="${pngUri(weights, diverging(values))}"/>
<rect class="frame" x="${margin.left}" y="${margin.top}" width="${width * cell}" height="${height * cell}"/>
</svg></figure>
</section>`;
}
