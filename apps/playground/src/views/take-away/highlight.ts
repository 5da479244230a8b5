export interface Piece {
  readonly kind: "comment" | "string" | "keyword" | "number" | "plain";
  readonly text: string;
}

const keywords = "import|from|const|let|for|of|if|return|function|new|await";

const pattern = new RegExp(
  [
    String.raw`(?<comment>//[^\n]*)`,
    String.raw`(?<string>"[^"\n]*"|\x60[^\x60]*\x60)`,
    String.raw`(?<keyword>\b(?:${keywords})\b)`,
    String.raw`(?<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b)`,
  ].join("|"),
  "g",
);

/** The scripts of this page as pieces to be coloured; all of them together are the script. Not for any JavaScript: regular expressions are plain. */
export function highlight(code: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of code.matchAll(pattern)) {
    if (match.index > at) pieces.push({ kind: "plain", text: code.slice(at, match.index) });
    const { comment, string, keyword } = match.groups!; // the pattern has named groups
    const kind =
      comment !== undefined
        ? "comment"
        : string !== undefined
          ? "string"
          : keyword !== undefined
            ? "keyword"
            : "number";
    pieces.push({ kind, text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < code.length) pieces.push({ kind: "plain", text: code.slice(at) });
  return pieces;
}
