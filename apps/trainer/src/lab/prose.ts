import { wrap } from "../terminal/width.ts";

/** Broken between words, as wide as the terminal is and never wider than is good to read; in a pipe at 80 columns. */
export const prose = (text: string): string => wrap(text, Math.min(process.stdout.columns ?? 80, 100));
