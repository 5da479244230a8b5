/** A decimal number, as every program writes it: no hexadecimals, no infinity. */
export const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Whether a text stands for a value that is not there, in the files of R, of pandas and of UCI's repository. */
export const isMissing = (text: string): boolean => ["", "?", "na", "n/a", "nan", "null"].includes(text.toLowerCase());
