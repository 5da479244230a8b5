import { readdirSync, readFileSync } from "node:fs";
import { hashOf, type Row } from "./row.ts";

type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

interface JsonFixture {
  readonly hash: string;
  readonly outputs: readonly { dtype: string; shape: readonly number[]; values: readonly JsonNumber[] }[];
  readonly gradients?: readonly (readonly JsonNumber[] | null)[];
}

export interface Fixture {
  readonly outputs: readonly { dtype: string; shape: readonly number[]; values: readonly number[] }[];
  /** By input; null where the input has none. */
  readonly gradients: readonly (readonly number[] | null)[] | undefined;
}

const folder = new URL("../fixtures/", import.meta.url);
const command = "Run `npx pnpm@10 --filter @pointwise/autograd fixtures` (it needs Debian's package python3-torch).";

const byFamily = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const fixtures: Record<string, JsonFixture> = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
      return [file.replace(".json", ""), fixtures];
    }),
);

/** The names of the rows that have fixtures. */
export const fixtureNames = (family: string): string[] => Object.keys(byFamily.get(family) ?? {});

/** What PyTorch said of a row. */
export function fixtureOf(family: string, row: Row): Fixture {
  const found = byFamily.get(family)?.[row.name];
  if (!found) throw new Error(`The row "${row.name}" has no fixture. ${command}`);
  if (found.hash !== hashOf(row))
    throw new Error(`The fixture of "${row.name}" is stale: the row has changed. ${command}`);
  return {
    outputs: found.outputs.map((y) => ({ ...y, values: y.values.map(Number) })),
    gradients: found.gradients?.map((g) => g?.map(Number) ?? null),
  };
}
