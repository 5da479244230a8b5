import { quote, type Refuse } from "../refuse.ts";

/**
 * Reads JSON of a known structure, one piece at a time: what a file nests cannot be deeper than the code that calls this, no
 * object is made with the file's names as its keys, and a name that an object has twice is refused, not overwritten.
 */
export class JsonScanner {
  private at = 0;
  private readonly text: string;
  private readonly refuse: Refuse;

  constructor(text: string, refuse: Refuse) {
    this.text = text;
    this.refuse = refuse;
  }

  /** @param onEntry is called for each name, and must read its value. */
  object(onEntry: (name: string) => void): void {
    const names = new Set<string>();
    this.list("{", "}", () => {
      const name = this.string();
      if (names.has(name))
        this.refuse(`its header names ${quote(name)} twice`, "Only one can be meant: save it again.");
      names.add(name);
      this.expect(":");
      onEntry(name);
    });
  }

  /** A list of whole numbers from 0. */
  wholeNumbers(): number[] {
    const numbers: number[] = [];
    this.list("[", "]", () => numbers.push(this.wholeNumber()));
    return numbers;
  }

  string(): string {
    this.skipSpace();
    const start = this.at;
    if (this.text[start] !== '"') this.fail("a text in quotes");
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === "\\" ? 2 : 1;
    this.at = end + 1;
    const value = parse(this.text.slice(start, this.at));
    // A lone surrogate is no character: it would be another name when written again.
    if (typeof value !== "string" || /\p{Surrogate}/u.test(value)) {
      this.at = start;
      return this.fail("a well-formed text");
    }
    return value;
  }

  /** @param what is to end here, for the message */
  end(what: string): void {
    this.skipSpace();
    if (this.at < this.text.length) this.fail(`the end of ${what}`);
  }

  private wholeNumber(): number {
    this.skipSpace();
    const start = this.at;
    while (isDigit(this.text.charCodeAt(this.at))) this.at++;
    const digits = this.text.slice(start, this.at);
    const value = Number(digits);
    if (digits === "" || !Number.isSafeInteger(value) || (digits.length > 1 && digits[0] === "0")) {
      this.at = start;
      this.fail("a whole number from 0 to 2⁵³ − 1");
    }
    return value;
  }

  private list(open: string, close: string, readItem: () => void): void {
    this.expect(open);
    if (this.skips(close)) return;
    do readItem();
    while (this.skips(","));
    this.expect(close);
  }

  private expect(character: string): void {
    if (!this.skips(character)) this.fail(`"${character}"`);
  }

  private skips(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  private fail(expected: string): never {
    const found = this.at < this.text.length ? quote(this.text.slice(this.at, this.at + 20)) : "its end";
    return this.refuse(`its header should have ${expected} at character ${this.at}, but has ${found}`);
  }
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** What a JSON text says; `undefined` for a text that is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
