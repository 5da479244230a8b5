import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { type Html, html } from "./html.ts";

type Point = readonly [x: number, y: number];

export interface Series {
  readonly name: string;
  /** Its colour and the form of its marks, by class. */
  readonly kind: "dense" | "pointwise";
  /** Drawn faintly behind `points`. */
  readonly raw: readonly Point[];
  readonly points: readonly Point[];
  /** Single values, drawn as marks. */
  readonly marks?: readonly Point[];
}

export interface LineChart {
  readonly title: string;
  /** What is to be seen, for those who do not see it. */
  readonly description: string;
  readonly xLabel: string;
  readonly xDomain: readonly [number, number];
  /** What lies outside is cut off. */
  readonly yDomain: readonly [number, number];
  readonly yScale: "linear" | "log";
  readonly formatY: (y: number) => string;
  readonly series: readonly Series[];
}

const [width, height] = [460, 290];
const plot = { left: 52, right: width - 12, top: 12, bottom: height - 40 };

/** A picture in SVG that takes its colours from the page, so that it is right in dark mode and in print. */
export function lineChart(chart: LineChart): Html {
  const x = scaleLinear([...chart.xDomain], [plot.left, plot.right]);
  const y = (chart.yScale === "log" ? scaleLog : scaleLinear)([...chart.yDomain], [plot.bottom, plot.top]);
  const path = line<Point>(
    ([at]) => x(at),
    ([, value]) => y(Math.max(value, chart.yScale === "log" ? chart.yDomain[0] / 10 : value)), // log 0 has no place
  ).digits(1);
  const draw = (points: readonly Point[]): string => path([...points]) ?? "";
  const yTicks = y.ticks(5).filter((tick) => chart.yScale === "linear" || /^[125]/.test(tick.toExponential()));
  const clip = `plot-${chart.title.replaceAll(/\W+/g, "-")}`;
  return html`<figure class="chart"><figcaption>${chart.title}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.description}">
<clipPath id="${clip}"><rect x="${plot.left}" y="${plot.top - 6}" width="${plot.right - plot.left + 10}" height="${plot.bottom - plot.top + 6}"/></clipPath>
${yTicks.map((tick) => html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${plot.left - 8}" y="${y(tick)}" dy="0.35em" text-anchor="end">${chart.formatY(tick)}</text>`)}
${x.ticks(6).map((tick) => html`<text x="${x(tick)}" y="${plot.bottom + 18}" text-anchor="middle">${tick}</text>`)}
<line class="axis" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>
<text x="${(plot.left + plot.right) / 2}" y="${height - 4}" text-anchor="middle">${chart.xLabel}</text>
<g clip-path="url(#${clip})">
${chart.series.map(({ kind, raw }) => html`<path class="raw ${kind}" d="${draw(raw)}"/>`)}
${chart.series.map(({ kind, points }) => html`<path class="curve ${kind}" d="${draw(points)}"/>`)}
${chart.series.map(({ kind, marks = [] }) => marks.map(([at, value]) => mark(kind, x(at), y(value))))}
</g></svg></figure>`;
}

function mark(kind: Series["kind"], x: number, y: number): Html {
  return kind === "dense"
    ? html`<rect class="mark ${kind}" x="${x - 4.5}" y="${y - 4.5}" width="9" height="9"/>`
    : html`<circle class="mark ${kind}" cx="${x}" cy="${y}" r="5"/>`;
}
