import { UsageError } from "@pointwise/tensor";

/** JSON, with the numbers that JSON lacks. */
export function writeAttributes(op: string, attrs: unknown): string {
  if (attrs === undefined) return "";
  return JSON.stringify(attrs, (name, value) => {
    if (typeof value === "number") return writeNumber(value);
    if (typeof value === "function" || typeof value === "symbol") {
      throw new UsageError(
        `compile: the attribute "${name}" of the op ${op} is a ${typeof value}. Attributes must be plain data (numbers, text, arrays), since equal ` +
          "attributes must mean equal results.",
      );
    }
    return value;
  });
}

/** A number as text or JSON that tells it from all others. */
export const writeNumber = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? "-0" : String(value);
