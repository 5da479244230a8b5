import {
  assign,
  DTypeError,
  formatShape,
  fromData,
  full,
  ShapeError,
  sameShape,
  type Tensor,
  UsageError,
} from "@pointwise/tensor";

/** State that does not fit a parameter's dtype and shape: a 0-d float64 tensor, so that nothing is lost over many steps. */
export const scalar = (value: number): Tensor => full([], value, { dtype: "float64" });

/** Copies, which stay as they are when training goes on. */
export function copyState(state: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  return new Map([...state].map(([name, x]) => [name, fromData(x.data.slice(), x.shape, x.dtype)]));
}

/**
 * Gives `state` the saved values; all of them or, if anything does not fit, none.
 * @throws UsageError for missing or foreign names, ShapeError, DTypeError
 */
export function loadState(who: string, state: ReadonlyMap<string, Tensor>, saved: ReadonlyMap<string, Tensor>): void {
  const missing = [...state.keys()].filter((name) => !saved.has(name));
  const foreign = [...saved.keys()].filter((name) => !state.has(name));
  if (missing.length > 0 || foreign.length > 0) {
    throw new UsageError(
      `${who}.loadStateDict: the saved state does not belong to this ${who}. Missing: ${list(missing)}. Not known here: ${list(foreign)}. ` +
        "It must come from one made with the same kind of options, and with the same parameters in the same order.",
    );
  }
  for (const [name, target] of state) {
    const value = saved.get(name)!; // nothing is missing, as checked above
    if (!sameShape(target.shape, value.shape)) {
      throw new ShapeError(
        `${who}.loadStateDict: "${name}" has shape ${formatShape(value.shape)}, but ${formatShape(target.shape)} is needed. ` +
          "Was it saved for another model, or are the parameters in another order?",
      );
    }
    if (target.dtype !== value.dtype) {
      throw new DTypeError(`${who}.loadStateDict: "${name}" is ${value.dtype}, but ${target.dtype} is needed.`);
    }
  }
  for (const [name, target] of state) assign(target, saved.get(name)!);
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => `"${name}"`);
  if (names.length > shown.length) shown.push(`and ${names.length - shown.length} more`);
  return shown.join(", ") || "none";
}
