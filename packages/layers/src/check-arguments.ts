import { type Pair, Rng, UsageError } from "@pointwise/tensor";

/** @throws UsageError unless every value is a whole number ≥ 1. */
export function checkPositive(layer: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new UsageError(`${layer}: ${name} must be a whole number ≥ 1, but is ${JSON.stringify(value)}.`);
  }
}

/** Layers that draw say from what; here for those who call without types. @throws UsageError */
export function checkRng(layer: string, args: string, options: { readonly rng: Rng } | undefined): void {
  if (options?.rng instanceof Rng) return;
  throw new UsageError(
    `${layer}: needs a source of random numbers: new ${layer}(${args}, { rng }), with one const rng = new Rng(0) for the whole ` +
      "model. The same seed gives the same model.",
  );
}

/** As short as it can be written: `3` or `[3, 5]`. */
export function formatPair(value: number | Pair): string {
  const [height, width] = typeof value === "number" ? [value, value] : value;
  return height === width ? String(height) : `[${height}, ${width}]`;
}

/** The options, with the default in the place of each that is left out or undefined. */
export function withDefaults<T extends object>(
  options: { readonly [K in keyof T]?: T[K] | undefined },
  defaults: T,
): T {
  return { ...defaults, ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) };
}

/** `, { padding: 1, bias: false }`: the options that differ from their defaults, as they are written; "" without any. */
export function formatOptions(options: object, defaults: object): string {
  const usual = new Map<string, unknown>(Object.entries(defaults));
  const shown = Object.entries(options)
    .filter(([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(usual.get(name)))
    .map(([name, value]) => `${name}: ${JSON.stringify(value).replaceAll(",", ", ")}`);
  return shown.length === 0 ? "" : `, { ${shown.join(", ")} }`;
}
