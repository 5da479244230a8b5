/** What a JSON text says; `undefined` for a text that is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of an object that a file holds, the entries that are known: any others would be written again, and may be nested too deep for that. */
export const onlyKnown = <T extends object>(x: T, names: readonly (keyof T)[]): T =>
  // All that T has is named.
  Object.fromEntries(names.map((name) => [name, x[name]])) as T;

export const isRecord = (x: unknown): x is Record<string, unknown> =>
  typeof x === "object" && x !== null && !Array.isArray(x);
