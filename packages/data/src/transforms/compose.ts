import type { Transform } from "./transform.ts";

/** One transform that applies the given ones from the first to the last. */
export function compose(...transforms: readonly Transform[]): Transform {
  return (x) => transforms.reduce((value, transform) => transform(value), x);
}
