import { readFileSync } from "node:fs";
import { type DType, type Shape, sizeOf, type Tensor, tensor } from "@pointwise/tensor";

/** What `make_fixtures.py` wrote; the caller says what that is. */
export function readFixtures<T>(name: "optimizers" | "schedules" | "training"): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8")) as T;
}

/** The numbers that `make_fixtures.py` uses, too, for parameters, gradients, weights and pictures. */
export function wave(shape: Shape, seed: number, dtype: DType = "float64", scale = 1): Tensor {
  const value = (i: number) => scale * Math.sin(0.618 * i * i + 0.331 * i * seed + seed);
  return tensor(
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => value(i + 1)),
    { shape, dtype },
  );
}
