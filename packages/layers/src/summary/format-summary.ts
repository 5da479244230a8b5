import { formatField } from "./receptive-field.ts";
import type { Summary, SummaryRow } from "./summarize.ts";

const widest = 100;
const headings = ["path", "layer", "output", "parameters", "MACs", "memory", "sees"];
const isNumeric = [false, false, false, false, true, true, false];

/** An aligned table; the column of layers is cut where it would be wider than a terminal. */
export function formatSummary(summary: Omit<Summary, "toString">): string {
  const rows = [headings, ...summary.rows.map(cells)];
  const used = headings.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const excess = used.reduce((sum, w) => sum + w + 2, -2) - widest;
  const widths = used.with(1, Math.max(used[1]! - Math.max(0, excess), 12));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => fit(cell, widths[i]!, isNumeric[i]!))
      .join("  ")
      .trimEnd(),
  );
  const rule = "─".repeat(Math.max(...lines.map((line) => line.length)));
  return [lines[0], rule, ...lines.slice(1), rule, totals(summary)].join("\n");
}

function cells(row: SummaryRow): string[] {
  return [
    row.path || "(model)",
    row.layer,
    row.outputShape.join("×"),
    parameters(row),
    row.macs === undefined ? "?" : count(row.macs),
    bytes(row.activationBytes),
    row.receptiveField ? formatField(row.receptiveField) : "",
  ];
}

function parameters({ formula, parameters }: SummaryRow): string {
  if (formula === "") return "";
  if (parameters === 0) return "as above";
  return formula === String(parameters) ? formula : `${formula} = ${count(parameters)}`;
}

function totals({
  parameters,
  trainedParameters,
  rows,
  macs,
  activationBytes,
  inputShape,
}: Omit<Summary, "toString">): string {
  const trained = trainedParameters === parameters ? "" : `, ${count(trainedParameters)} of them trained`;
  const known = rows.some((row) => row.macs === undefined) ? "at least " : "";
  return (
    `${count(parameters)} parameters${trained}; for one input of ${inputShape.join("×")}: ${known}${count(macs)} MACs, ` +
    `${bytes(activationBytes)} of activations`
  );
}

const count = (n: number): string => n.toLocaleString("en-US");

const bytes = (n: number): string =>
  n < 1024 ? `${n} B` : n < 1024 ** 2 ? `${round(n / 1024)} KiB` : `${round(n / 1024 ** 2)} MiB`;

const round = (n: number): string => (n < 100 ? n.toFixed(1) : n.toFixed(0));

function fit(text: string, width: number, right: boolean): string {
  if (text.length > width) return `${text.slice(0, width - 1)}…`;
  return right ? text.padStart(width) : text.padEnd(width);
}
