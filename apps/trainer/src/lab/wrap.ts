import { displayWidth } from "../terminal/width.ts";

/** Breaks a text between words, as wide as the terminal is and never wider than is good to read; in a pipe at 80 columns. */
export function wrap(text: string, width = Math.min(process.stdout.columns ?? 80, 100)): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("\n");
}
