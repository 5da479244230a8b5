import type { TwinResult } from "../lab/twins.ts";
import { formatPercent } from "../terminal/format.ts";
import type { Html } from "./html.ts";
import { lineChart, type Series } from "./line-chart.ts";
import { smooth } from "./smooth.ts";

type Twins = readonly [dense: TwinResult, pointwise: TwinResult];

const kinds = ["dense", "pointwise"] as const;

export function lossChart(twins: Twins): Html {
  const series = twins.map((twin, i) => curve(twin, i, twin.losses));
  const values = series.flatMap(({ points }) => points.map(([, loss]) => loss));
  return lineChart({
    title: "Training loss",
    description: `Cross-entropy of each batch, on a logarithmic scale. At the end, smoothed: ${lastValues(series, (y) => y.toFixed(3))}.`,
    xLabel: "epochs",
    xDomain: [0, epochsOf(twins)],
    yDomain: [0.5 * Math.max(1e-3, Math.min(...values)), 1.2 * Math.max(...values)],
    yScale: "log",
    formatY: String,
    series,
  });
}

export function accuracyChart(twins: Twins): Html {
  const series = twins.map((twin, i) => ({
    ...curve(twin, i, twin.accuracies),
    marks: twin.checks.map(({ epoch, accuracy }) => [epoch, accuracy] as const),
  }));
  const lowest = Math.min(...twins.flatMap(({ checks }) => checks.map(({ accuracy }) => accuracy)));
  return lineChart({
    title: "Accuracy",
    description: `The part of each batch that is right, and of the held-out digits. At the end, held out: ${twins
      .map(({ name, accuracy }) => `${name} ${formatPercent(accuracy)}`)
      .join(", ")}.`,
    xLabel: "epochs",
    xDomain: [0, epochsOf(twins)],
    yDomain: [Math.max(0, Math.floor(10 * lowest - 0.5) / 10), 1],
    yScale: "linear",
    formatY: (y) => `${Math.round(100 * y)} %`,
    series,
  });
}

function curve(twin: TwinResult, i: number, values: readonly number[]): Series {
  const epoch = epochsOf([twin]) / values.length;
  const along = (ys: readonly number[]) => ys.map((y, step) => [(step + 1) * epoch, y] as const);
  return { name: twin.name, kind: kinds[i] ?? "dense", raw: along(values), points: along(smooth(values)) };
}

const epochsOf = (twins: readonly TwinResult[]): number => twins[0]?.checks.at(-1)?.epoch ?? 1;

const lastValues = (series: readonly Series[], format: (y: number) => string): string =>
  series.map(({ name, points }) => `${name} ${format(points.at(-1)?.[1] ?? Number.NaN)}`).join(", ");
