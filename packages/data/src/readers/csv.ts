import { FormatError, fromData, type Tensor, UsageError } from "@pointwise/tensor";
import { classIndices } from "./class-indices.ts";
import { type CsvColumns, csvColumns } from "./csv-columns.ts";
import { csvRecords, excerpt } from "./csv-records.ts";
import { isMissing, NUMBER } from "./csv-values.ts";

export interface CsvOptions {
  /** Its name, for errors. */
  readonly file: string;
  /** Whether the first line names the columns. Unless said, it does if one of its fields, the label's aside, is not a number. */
  readonly header?: boolean;
  /** One character; a comma unless said otherwise. */
  readonly delimiter?: string;
  /** The column of the classes: its name, or its number from 0; negative numbers count from the last column, −1, which is the default. */
  readonly label?: string | number;
}

/** Samples from a CSV file. */
export interface CsvTable {
  /** float32 [N, F]. */
  readonly inputs: Tensor;
  /** Class indices int32 [N]. */
  readonly targets: Tensor;
  /** The labels, in the order of the class indices: by value if all are numbers, else by text. */
  readonly classes: readonly string[];
  /** Of the columns of `inputs`: their names, or without a header "column 1" and so on, as they are counted in the file. */
  readonly features: readonly string[];
}

/**
 * Reads samples from CSV text: one a line, numbers for features, and one column with the class, a text or a number.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @throws FormatError that names line and column of what is no number, missing, or too much; UsageError for a label column or
 * a delimiter that cannot be.
 */
export function parseCsv(text: string, options: CsvOptions): CsvTable {
  const { file, delimiter = "," } = options;
  if (!/^[^"\r\n\w.+ -]$/.test(delimiter)) {
    throw new UsageError(
      `parseCsv: the delimiter must be one character that is not part of numbers or texts, such as "," or "\\t", but is ${JSON.stringify(delimiter)}.`,
    );
  }
  const columns = csvColumns(csvRecords(text, delimiter, file).next().value, options);
  const rows: Float32Array[] = [];
  const labels: string[] = [];
  let isHeader = columns.header;
  for (const { line, fields } of csvRecords(text, delimiter, file)) {
    if (!isHeader) {
      rows.push(parseFeatures(fields, columns, `${file}: line ${line}`));
      labels.push(fields[columns.label]!);
    }
    isHeader = false;
  }
  if (rows.length === 0) throw new FormatError(`${file}: expected samples after the header, but found none.`);

  const features = columns.names.filter((_, i) => i !== columns.label);
  const inputs = new Float32Array(rows.length * features.length);
  for (const [i, row] of rows.entries()) inputs.set(row, i * features.length);
  const { targets, classes } = classIndices(labels);
  return {
    inputs: fromData(inputs, [rows.length, features.length], "float32"),
    targets: fromData(targets, [rows.length], "int32"),
    classes,
    features,
  };
}

/** The numbers of a line; its label is checked to be there. */
function parseFeatures(fields: readonly string[], { names, label, header }: CsvColumns, line: string): Float32Array {
  if (fields.length !== names.length) {
    throw new FormatError(
      `${line}: expected ${names.length} columns, as in the first line, but found ${fields.length}.`,
    );
  }
  const row = new Float32Array(fields.length - 1);
  for (const [column, text] of fields.entries()) {
    const value = column === label ? 0 : parseNumber(text);
    if (value === undefined || (column === label && isMissing(text))) {
      const place = `${line}, column ${column + 1}${header ? ` (${names[column]})` : ""}`;
      throw new FormatError(`${place}: ${problem(text)}`);
    }
    if (column !== label) row[column < label ? column : column - 1] = value;
  }
  return row;
}

/** Nothing for a text that is no number, or too large for float32. */
function parseNumber(text: string): number | undefined {
  const value = NUMBER.test(text) ? Math.fround(Number(text)) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function problem(text: string): string {
  if (isMissing(text)) {
    const found = text === "" ? "nothing" : `${excerpt(text)}, which stands for a missing value`;
    return `expected a value, but found ${found}. Fill it in, or leave the line out.`;
  }
  const range = NUMBER.test(text) ? " of no more than 3.4e38, the largest of float32" : "";
  return `expected a number${range}, but found ${excerpt(text)}.`;
}
