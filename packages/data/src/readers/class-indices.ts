/** Numbers the distinct labels from 0: by value if all are numbers, else by text, in the order of their code units. */
export function classIndices(labels: readonly string[]): { targets: Int32Array; classes: string[] } {
  const distinct = [...new Set(labels)];
  const numeric = distinct.every((label) => Number.isFinite(Number(label)));
  const classes = numeric ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort();
  const indexOf = new Map(classes.map((name, i) => [name, i]));
  return { targets: Int32Array.from(labels, (label) => indexOf.get(label)!), classes };
}
