import { FormatError } from "@pointwise/tensor";

export interface CsvRecord {
  /** The line that the record begins at, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Splits CSV text into records and fields, as RFC 4180 has it: a field in double quotes may contain delimiters, line ends and
 * doubled quotes. Fields without quotes lose the spaces around them; empty lines are left out.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @param delimiter one character, neither a quote nor a line end.
 * @throws FormatError for a quote that is in a wrong place or not closed.
 */
export function* csvRecords(text: string, delimiter: string, file: string): Generator<CsvRecord, undefined> {
  let line = 1;
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const start = at;
    const fields: string[] = [];
    do {
      const field = readField(text, at, delimiter, () => `${file}: line ${line}, column ${fields.length + 1}`);
      fields.push(field.value);
      at = field.end;
    } while (text[at++] === delimiter);
    const record = text.slice(start, at);
    if (fields.length > 1 || record.trim() !== "") yield { line, fields };
    line += record.split("\n").length - 1;
  }
}

/** @param place where the field is, for errors. */
function readField(
  text: string,
  start: number,
  delimiter: string,
  place: () => string,
): { value: string; end: number } {
  let open = start;
  while (text[open] === " ") open++;
  if (text[open] !== '"') {
    const end = endOfField(text, start, delimiter);
    const value = text.slice(start, end).trim();
    if (!value.includes('"')) return { value, end };
    throw new FormatError(
      `${place()}: expected quotes around the whole field, but found one within ${excerpt(value)}. ` +
        "Put the field in quotes, and double those within it.",
    );
  }
  let close = text.indexOf('"', open + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0)
    throw new FormatError(`${place()}: the quote before ${excerpt(text.slice(open + 1))} is never closed.`);
  const end = endOfField(text, close + 1, delimiter);
  const after = text.slice(close + 1, end).trim();
  if (after !== "") {
    throw new FormatError(
      `${place()}: expected the field to end after its closing quote, but found ${excerpt(after)}.`,
    );
  }
  return { value: text.slice(open + 1, close).replaceAll('""', '"'), end };
}

function endOfField(text: string, from: number, delimiter: string): number {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n") end++;
  return end;
}

/** A text as it is shown in an error: quoted, and not too long. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 30 ? `${text.slice(0, 30)}…` : text);
}
