import { FormatError } from "@pointwise/tensor";

/** What a reader calls when a file breaks a rule; it throws. `what` is no whole sentence, `cure` is one. */
export type Refuse = (what: string, cure?: string) => never;

/** The cure for most damage. */
const cutOff = "Was it cut off, or is it another kind of file?";

/** The cure for what only the program that wrote the file can have done. */
export const writerAtFault = (library: string): string =>
  `What wrote it breaks the format's rules: save it again with ${library}.`;

/** @param file the file's name, @param format such as "npy": both for the message of the FormatError. */
export function refusing(file: string, format: string): Refuse {
  return (what, cure = cutOff) => {
    throw new FormatError(`Cannot read ${file} as ${format}: ${what}. ${cure}`);
  };
}

const longestQuote = 60;

/** Text from a file, fit for a message: short, and with nothing that a terminal would obey. */
export function quote(text: string): string {
  const short = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return JSON.stringify(short).replace(/\p{Cc}/gu, "�");
}
