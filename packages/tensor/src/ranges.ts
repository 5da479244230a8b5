import type { TensorOptions } from "./create.ts";
import { allocate } from "./dtype.ts";
import { ShapeError, UsageError } from "./errors.ts";
import { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/**
 * Equally spaced numbers from `start` (0 if left out) to before `stop`, `step` (1) apart: `arange(3)`, `arange(1, 4)`,
 * `arange(0, 1, 0.25)`. float32 unless said otherwise, also for whole numbers.
 * @see https://pytorch.org/docs/stable/generated/torch.arange.html
 * @throws UsageError if the numbers never get from `start` to `stop`.
 */
export function arange(stop: number, options?: TensorOptions): Tensor;
export function arange(start: number, stop: number, options?: TensorOptions): Tensor;
export function arange(start: number, stop: number, step: number, options?: TensorOptions): Tensor;
export function arange(...args: readonly (number | TensorOptions | undefined)[]): Tensor {
  const numbers = args.filter((a) => typeof a === "number");
  const options = args.find((a) => typeof a === "object");
  const [start, stop, step] = numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
  const steps = (stop - start) / step;
  if (!Number.isFinite(steps) || steps < 0) {
    throw new UsageError(`arange: steps of ${step} do not lead from ${start} to ${stop}.`);
  }
  return sequence("arange", Math.ceil(steps), (i) => start + i * step, options);
}

/**
 * `count` equally spaced numbers from `start` to `stop`, both included. float32 unless said otherwise.
 * @see https://pytorch.org/docs/stable/generated/torch.linspace.html
 * @throws ShapeError unless `count` is a whole number ≥ 0.
 */
export function linspace(start: number, stop: number, count: number, options?: TensorOptions): Tensor {
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  // From both ends, so that the last is exactly `stop` and a symmetric range is symmetric.
  return sequence(
    "linspace",
    count,
    (i) => (i < count / 2 ? start + i * step : stop - (count - 1 - i) * step),
    options,
  );
}

/**
 * The identity matrix [n, m], square unless `m` is given. float32 unless said otherwise.
 * @see https://pytorch.org/docs/stable/generated/torch.eye.html
 * @throws ShapeError unless n and m are whole numbers ≥ 0.
 */
export function eye(n: number, m: number = n, { dtype = "float32" }: TensorOptions = {}): Tensor {
  checkCount("eye", n);
  checkCount("eye", m);
  const data = allocate(dtype, n * m);
  for (let i = 0; i < Math.min(n, m); i++) data[i * m + i] = 1;
  return new Tensor([n, m], dtype, Storage.of(dtype, data));
}

function sequence(who: string, count: number, value: (i: number) => number, options: TensorOptions = {}): Tensor {
  checkCount(who, count);
  const dtype = options.dtype ?? "float32";
  const data = allocate(dtype, count);
  for (let i = 0; i < count; i++) data[i] = dtype === "bool" ? +(value(i) !== 0) : value(i);
  return new Tensor([count], dtype, Storage.of(dtype, data));
}

function checkCount(who: string, n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new ShapeError(`${who}: the size must be a whole number ≥ 0, but is ${n}.`);
}
