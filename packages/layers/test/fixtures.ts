import { readFileSync } from "node:fs";
import { cast, isFloat, type Shape, type Tensor, tensor } from "@pointwise/tensor";
import { expect } from "vitest";
import { type Module, Parameter } from "../src/index.ts";

export interface Saved {
  readonly shape: Shape;
  readonly data: readonly number[];
}

/** What `make_fixtures.py` wrote; the caller says what that is. */
export function readFixtures<T>(name: "layers" | "losses"): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8")) as T;
}

export const float64 = ({ data, shape }: Saved): Tensor => tensor(Float64Array.from(data), { shape });

export const int32 = ({ data, shape }: Saved): Tensor => tensor(Int32Array.from(data), { shape });

/** Expects the values within 1e-9, of themselves where they are large. */
export function expectClose(actual: Tensor, expected: Saved, what: string): void {
  expect(actual.shape, what).toEqual(expected.shape);
  expected.data.forEach((value, i) => {
    const difference = Math.abs(actual.data[i]! - value);
    expect(difference <= 1e-9 * Math.max(1, Math.abs(value)), `${what} [${i}]: ${actual.data[i]}, not ${value}`).toBe(
      true,
    );
  });
}

/** Gives a module's parameters and buffers as float64, for exact comparisons. */
export function toFloat64<M extends Module>(module: M): M {
  for (const each of module.namedModules().values()) {
    for (const [name, value] of Object.entries(each)) {
      if (value instanceof Parameter) Reflect.set(each, name, new Parameter(cast(value, "float64")));
      else if (isTensor(value) && isFloat(value.dtype)) Reflect.set(each, name, cast(value, "float64"));
    }
  }
  return module;
}

const isTensor = (value: unknown): value is Tensor => typeof value === "object" && value !== null && "storage" in value;
