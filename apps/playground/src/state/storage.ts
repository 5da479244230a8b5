/** What the visitor chose, for the next visit. A browser may forbid storage: then the choice lasts until the page is left. */
export function remembered<T extends string>(key: string, allowed: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(key);
    return allowed.find((x) => x === value);
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden: see above.
  }
}
