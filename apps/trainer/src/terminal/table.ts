import { displayWidth, pad } from "./width.ts";

export interface Column {
  readonly title: string;
  /** Left unless said otherwise. */
  readonly align?: "left" | "right";
}

/**
 * Rows in aligned columns, under their titles and a rule. Lines have no space at their end.
 * @param gap spaces between columns
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[], gap = 2): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(...[title, ...rows.map((row) => row[i] ?? "")].map(displayWidth)),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => pad(cells[i] ?? "", widths[i]!, align))
      .join(" ".repeat(gap))
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join(" ".repeat(gap));
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join("\n");
}
