import { FormatError, UsageError } from "@pointwise/tensor";
import type { CsvOptions } from "./csv.ts";
import { type CsvRecord, excerpt } from "./csv-records.ts";
import { isMissing, NUMBER } from "./csv-values.ts";

/** What the columns of a file are. */
export interface CsvColumns {
  readonly names: readonly string[];
  /** Number of the label's column. */
  readonly label: number;
  /** Whether the first line is only names. */
  readonly header: boolean;
}

/**
 * @param first the first line that is not empty, if there is one
 * @throws FormatError if there are no columns for a feature and a label, UsageError if the label's is not there.
 */
export function csvColumns(first: CsvRecord | undefined, options: CsvOptions): CsvColumns {
  const { file, delimiter = ",", label = -1 } = options;
  if (!first) throw new FormatError(`${file}: expected a sample a line, but found no lines with anything in them.`);
  if (first.fields.length < 2) {
    throw new FormatError(
      `${file}: line ${first.line}: expected at least two columns, a feature and a label, but found one: ${excerpt(first.fields[0]!)}. ` +
        `Are they separated by another character than ${JSON.stringify(delimiter)}?`,
    );
  }
  const header = options.header ?? looksLikeHeader(first.fields, label);
  const names = header ? first.fields : first.fields.map((_, i) => `column ${i + 1}`);
  return { names, label: findLabel(label, names, header, file), header };
}

function looksLikeHeader(fields: readonly string[], label: string | number): boolean {
  if (typeof label === "string") return true;
  const labelColumn = label < 0 ? label + fields.length : label;
  return fields.some((field, i) => i !== labelColumn && !isMissing(field) && !NUMBER.test(field));
}

function findLabel(label: string | number, names: readonly string[], header: boolean, file: string): number {
  if (typeof label === "string") {
    if (!header) {
      throw new UsageError(
        `parseCsv: the label column is given by the name "${label}", but ${file} is read without a header. Give its number, from 0.`,
      );
    }
    const column = names.indexOf(label);
    if (column >= 0) return column;
    throw new UsageError(`parseCsv: ${file} has no column "${label}". Its columns are ${names.join(", ")}.`);
  }
  const column = label < 0 ? label + names.length : label;
  if (Number.isInteger(column) && column >= 0 && column < names.length) return column;
  throw new UsageError(
    `parseCsv: there is no label column ${label} in ${file}, which has ${names.length} columns: 0 to ${names.length - 1}, or −1 for the last.`,
  );
}
