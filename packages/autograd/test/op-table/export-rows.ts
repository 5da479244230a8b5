import { families } from "./families.ts";
import { hashOf, makeInputs } from "./row.ts";

/** Prints the rows that have a PyTorch expression as JSON, for make-fixtures.py. */
const exported = Object.entries(families).map(([family, rows]) => [
  family,
  rows
    .filter((row) => row.torch !== null)
    .map((row) => ({
      name: row.name,
      hash: hashOf(row),
      torch: row.torch,
      gradients: row.gradients ?? true,
      inputs: makeInputs(row).map((x) => ({ dtype: x.dtype, shape: x.shape, values: Array.from(x.data, jsonNumber) })),
    })),
]);
process.stdout.write(JSON.stringify(Object.fromEntries(exported)));

function jsonNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
