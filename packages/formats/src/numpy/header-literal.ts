import { quote, type Refuse } from "../refuse.ts";

/** What an npy header says: a Python literal of these kinds. A structured type is not read further: its text is enough to refuse it. */
export type Literal = string | boolean | readonly number[] | { readonly structured: string };

/**
 * Reads the dictionary of an npy header, such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`: text in quotes
 * without escapes, `True` and `False`, and tuples of whole numbers. Nothing is evaluated.
 */
export function parseHeaderLiteral(text: string, refuse: Refuse): Map<string, Literal> {
  let at = 0;
  const fail = (expected: string): never =>
    refuse(`its header should have ${expected} at character ${at}, but has ${quote(text.slice(at, at + 20))}`);
  /** The pattern must be sticky. */
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    at += match?.[0].length ?? 0;
    return match;
  };
  const takeText = (): string | undefined => {
    const match = take(/\s*(?:'([^'"\\]*)'|"([^'"\\]*)")/y);
    return match?.[1] ?? match?.[2];
  };
  const value = (): Literal => {
    const string = takeText();
    if (string !== undefined) return string;
    const word = take(/\s*(True|False)/y)?.[1];
    if (word) return word === "True";
    // (), (3,), (3, 4), and 3L as Python 2 wrote it; (3) is no tuple in Python, but a number.
    const tuple = take(/\s*\(\s*(?:\d+L?\s*,\s*(?:\d+L?\s*,\s*)*(?:\d+L?\s*)?)?\)/y);
    if (tuple) return [...tuple[0].matchAll(/\d+/g)].map(([digits]) => Number(digits));
    if (take(/\s*(?=[[(]\s*['"[(])/y)) return { structured: text.slice(at) };
    return fail("a text, True, False or a tuple of whole numbers");
  };

  const entries = new Map<string, Literal>();
  if (!take(/\s*\{/y)) fail(`"{"`);
  while (!take(/\s*\}/y)) {
    if (entries.size > 0 && !take(/\s*,/y)) fail(`"," or "}"`);
    if (take(/\s*\}/y)) break;
    const key = takeText() ?? fail("a name in quotes");
    if (entries.has(key)) refuse(`its header names ${quote(key)} twice`);
    if (!take(/\s*:/y)) fail(`":"`);
    const read = value();
    entries.set(key, read);
    if (typeof read === "object" && "structured" in read) return entries;
  }
  if (!take(/\s*$/y)) fail("its end");
  return entries;
}
