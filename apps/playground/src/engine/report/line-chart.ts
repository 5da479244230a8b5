import { type Html, html } from "./html.ts";

export interface Points {
  readonly x: readonly number[];
  readonly values: readonly number[];
}

interface Chart {
  readonly title: string;
  readonly batches: Points;
  readonly heldOut: Points;
  /** The end of the vertical axis, which begins at 0. */
  readonly top: number;
  readonly format: (value: number) => string;
}

const [width, height] = [460, 260];
const plot = { left: 50, right: width - 10, top: 10, bottom: height - 36 };

/** Two curves by step, as SVG that takes its colours from the page. */
export function lineChart({ title, batches, heldOut, top, format }: Chart): Html {
  const last = Math.max(1, batches.x.at(-1) ?? 1, heldOut.x.at(-1) ?? 1);
  const atX = (step: number) => Math.round(10 * (plot.left + ((plot.right - plot.left) * step) / last)) / 10;
  const atY = (value: number) =>
    Math.round(10 * (plot.bottom - ((plot.bottom - plot.top) * Math.min(top, value)) / top)) / 10;
  const path = ({ x, values }: Points) =>
    x.map((step, i) => `${i === 0 ? "M" : "L"}${atX(step)},${atY(values[i]!)}`).join("");
  return html`<figure class="chart"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title} by step, of the batches and of the held-out samples">
${ticks(top, 5).map((tick) => html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${atY(tick)}" y2="${atY(tick)}"/><text x="${plot.left - 8}" y="${atY(tick)}" dy="0.35em" text-anchor="end">${format(tick)}</text>`)}
${ticks(last, 6).map((tick) => html`<text x="${atX(tick)}" y="${plot.bottom + 17}" text-anchor="middle">${tick}</text>`)}
<text x="${(plot.left + plot.right) / 2}" y="${height - 3}" text-anchor="middle">Step</text>
<path class="batches" d="${path(batches)}"/>
<path class="held-out" d="${path(heldOut)}"/>
${heldOut.x.map((step, i) => html`<circle class="held-out" cx="${atX(step)}" cy="${atY(heldOut.values[i]!)}" r="3.5"/>`)}
</svg></figure>`;
}

/** Round numbers from 0 to `end`, about `count` of them. */
export function ticks(end: number, count: number): number[] {
  const rough = end / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((n) => n * power >= rough * 0.999)! * power; // 10 times the power is more than rough
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
