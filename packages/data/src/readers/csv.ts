import { FormatError, fromData, type Tensor, UsageError } from "@pointwise/tensor";
import { classIndices } from "./class-indices.ts";
import { type CsvRecord, csvRecords, excerpt } from "./csv-records.ts";

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
  const { file, delimiter = ",", label = -1 } = options;
  if (!/^[^"\r\n\w.+ -]$/u.test(delimiter)) {
    throw new UsageError(
      `parseCsv: the delimiter must be one character that is not part of numbers or texts, such as "," or "\\t", but is ${JSON.stringify(delimiter)}.`,
    );
  }
  const records = [...csvRecords(text, delimiter, file)];
  const first = records[0];
  if (!first) throw new FormatError(`${file}: expected a sample a line, but found no lines with anything in them.`);
  const width = first.fields.length;
  if (width < 2) {
    throw new FormatError(
      `${file}: line ${first.line}: expected at least two columns, a feature and a label, but found one: ${excerpt(first.fields[0]!)}. ` +
        `Are they separated by another character than ${JSON.stringify(delimiter)}?`,
    );
  }
  const header = options.header ?? looksLikeHeader(first.fields, label);
  const names = header ? first.fields : first.fields.map((_, i) => `column ${i + 1}`);
  const labelColumn = findLabel(label, names, header, file);
  const samples = header ? records.slice(1) : records;
  if (samples.length === 0) throw new FormatError(`${file}: expected samples after the header, but found none.`);

  const inputs = new Float32Array(samples.length * (width - 1));
  const labels: string[] = [];
  let next = 0;
  for (const record of samples) {
    checkWidth(record, width, file);
    for (let column = 0; column < width; column++) {
      const place = () => `${file}: line ${record.line}, column ${column + 1}${header ? ` (${names[column]})` : ""}`;
      const value = record.fields[column]!;
      if (isMissing(value)) throw missing(place(), value);
      if (column === labelColumn) labels.push(value);
      else inputs[next++] = parseNumber(value, place);
    }
  }
  const { targets, classes } = classIndices(labels);
  return {
    inputs: fromData(inputs, [samples.length, width - 1], "float32"),
    targets: fromData(targets, [samples.length], "int32"),
    classes,
    features: names.filter((_, i) => i !== labelColumn),
  };
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

function checkWidth({ line, fields }: CsvRecord, width: number, file: string): void {
  if (fields.length === width) return;
  throw new FormatError(
    `${file}: line ${line}: expected ${width} columns, as in the first line, but found ${fields.length}.`,
  );
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function parseNumber(text: string, place: () => string): number {
  const value = NUMBER.test(text) ? Math.fround(Number(text)) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const range = NUMBER.test(text) ? ", of no more than 3.4e38," : "";
  throw new FormatError(`${place()}: expected a number${range} but found ${excerpt(text)}.`);
}

/** What stands for a value that is not there, in the files of R, of pandas and of UCI's repository. */
const isMissing = (text: string): boolean => ["", "?", "na", "n/a", "nan", "null"].includes(text.toLowerCase());

function missing(place: string, value: string): FormatError {
  const found = value === "" ? "nothing" : `${excerpt(value)}, which stands for a missing value`;
  return new FormatError(`${place}: expected a value, but found ${found}. Fill it in, or leave the line out.`);
}
