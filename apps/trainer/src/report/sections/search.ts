import { formatDifference } from "../../lab/proof.ts";
import type { LabResult } from "../../lab/result.ts";
import { searchColumns, searchRows } from "../../lab/search-rows.ts";
import { rules, type Search } from "../../lab/sliding.ts";
import { formatCount, formatDuration } from "../../terminal/format.ts";
import { certainty as certaintyColors, grayscale } from "../color-scales.ts";
import { type Html, html } from "../html.ts";
import { pngUri } from "../pixel-image.ts";

export function searchSection({ search }: LabResult): Html {
  const { headBefore, headAfter, certainty, picture, hits, truth, found, macs, seconds, largestDifference } = search;
  const windows = certainty.height * certainty.width;
  return html`<section id="search">
<h2>Sliding over a larger picture</h2>
<p>The dense layer <code>${headBefore}</code> became <code>${headAfter}</code>, with the same weights; now the whole classifier is convolutional. On a picture
of ${picture.height}×${picture.width} pixels it gives ${formatCount(windows)} answers in one go, a window of ${rules.side}×${rules.side} every ${rules.stride} pixels. Cutting the windows out
one by one takes ${(macs.windowByWindow / macs.inOneGo).toFixed(0)} times as many MACs and took ${formatDuration(seconds.windowByWindow)} instead of ${formatDuration(seconds.inOneGo)}. ${
    largestDifference === 0
      ? "The answers are the same, bit for bit."
      : `The answers differ by at most ${formatDifference(largestDifference)}, by the order of additions.`
  }</p>
<div class="split">
<figure class="search">${overlay(search, "found")}<figcaption><strong>${hits} of ${truth.length} digits found</strong>, ${found.length - hits} false alarms</figcaption></figure>
${placesTable(search)}
</div>
<div class="split">
<figure class="search">${overlay(search, "certainty")}<figcaption>the brighter, the surer of its digit the classifier is; each window's answer at its centre</figcaption></figure>
<p>The classifier never saw an empty window or half a digit, and answers with a digit there all the same, often a sure one. So a window counts only
if it looks like those it was trained on (at most ${100 * rules.inkInFrame}\u00a0% of its ink in its outer ${rules.frame} pixels, its ink centred within ${rules.offCentre} pixels) and its digit has a probability of at least
${100 * rules.leastProbability}\u00a0%; of windows that overlap, the one whose ink is centred best stays.</p>
</div>
</section>`;
}

function overlay({ picture, certainty, found, truth }: Search, what: "found" | "certainty"): Html {
  const { side, stride } = rules;
  const margin = (side - stride) / 2;
  const label =
    what === "found"
      ? `The picture with boxes around the digits found: ${found.map(({ digit }) => digit).join(", ")}`
      : "Heat map of the classifier's certainty over the picture";
  const heat = html`<image class="pixels" x="${margin}" y="${margin}" width="${certainty.width * stride}" height="${certainty.height * stride}" preserveAspectRatio="none" href="${pngUri(certainty, certaintyColors)}" opacity="0.75"/>`;
  const boxes = [
    ...truth.filter(({ isFound }) => !isFound).map((t) => box(t.left, t.top, side, "missed", `${t.digit} missed`)),
    ...found.map((f) => box(f.left, f.top, side, "found", String(f.digit))),
  ];
  return html`<svg viewBox="0 0 ${picture.width} ${picture.height}" role="img" aria-label="${label}">
<image class="pixels" width="${picture.width}" height="${picture.height}" href="${pngUri(picture, grayscale(picture.values))}"/>
${what === "found" ? boxes : heat}
</svg>`;
}

const box = (left: number, top: number, side: number, kind: string, label: string): Html =>
  html`<rect class="box ${kind}" x="${left + 0.5}" y="${top + 0.5}" width="${side - 1}" height="${side - 1}"/><text class="box-label ${kind}" x="${left + 2}" y="${top + 6}">${label}</text>`;

function placesTable(search: Search): Html {
  return html`<div class="scroll"><table class="numbers places">
<thead><tr>${searchColumns.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${searchRows(search).map(([digit = "", ...cells]) => html`<tr><th scope="row">${digit}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
