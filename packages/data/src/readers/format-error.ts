import { FormatError } from "@pointwise/tensor";

/** Where a file differs from its format. */
export interface Mismatch {
  readonly file: string;
  /** Byte offset, from 0. */
  readonly at: number;
  readonly expected: string;
  readonly found: string;
  /** What the reader may do about it: a sentence. */
  readonly hint?: string;
}

export function mismatch({ file, at, expected, found, hint }: Mismatch): FormatError {
  return new FormatError(`${file}: at byte ${at}: expected ${expected}, but found ${found}.${hint ? ` ${hint}` : ""}`);
}

/** The count with its noun: 1 byte, 2 bytes. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
