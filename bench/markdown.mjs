import { median } from "./statistics.mjs";

/** Three digits that count, thousands separated. @param {number} value */
export function formatNumber(value) {
  return new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 }).format(value);
}

/** @param {number} share of 1 */
export const formatPercent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)}%`;

/** The median, with the lowest and the highest. @param {number[]} values */
export function spread(values) {
  const middle = formatNumber(median(values));
  if (values.length === 1) return `${middle} (once)`;
  return `${middle} (${formatNumber(Math.min(...values))}–${formatNumber(Math.max(...values))})`;
}

/**
 * Columns as wide as their widest cell, the first to the left and the others to the right.
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => head.map((_, i) => (row[i] ?? "").replaceAll("|", "\\|")));
  const widths = head.map((_, i) => Math.max(3, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  const [titles = "", ...lines] = cells.map(line);
  return [titles, rule, ...lines].join("\n");
}

/** Footnotes of a table, each reason once. */
export class Notes {
  /** @type {string[]} */
  #reasons = [];

  /** @param {string} reason */
  mark(reason) {
    if (!this.#reasons.includes(reason)) this.#reasons.push(reason);
    return ` (${this.#reasons.indexOf(reason) + 1})`;
  }

  text() {
    if (this.#reasons.length === 0) return "";
    return `\n\n${this.#reasons.map((reason, i) => `(${i + 1}) ${reason.replaceAll(/\s+/g, " ")}`).join("  \n")}`;
  }
}
