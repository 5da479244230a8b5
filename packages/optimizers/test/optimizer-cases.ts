import { type DType, type Shape, type Tensor, tensor } from "@pointwise/tensor";
import { Adam, AdamW, type Optimizer, type Params, RMSprop, SGD } from "../src/index.ts";
import { readFixtures, wave } from "./fixtures.ts";

/** A run of `make_fixtures.py` (see there): twelve steps of an optimizer in PyTorch. */
export interface OptimizerCase {
  readonly optimizer: keyof typeof optimizers;
  readonly options: object;
  readonly groups?: readonly object[];
  readonly dtype?: DType;
  /** Steps at which the second parameter has no gradient. */
  readonly missing?: readonly number[];
  readonly lrChange?: { readonly step: number; readonly lr: number };
  /** The parameters, flat, after so many steps. */
  readonly after: Readonly<Record<string, readonly (readonly number[])[]>>;
}

type Make = (params: Params<object>, options: object) => Optimizer;

/** Every optimizer there is; the test fails for one that is missing here. */
export const optimizers = {
  SGD: (params, options) => new SGD(params, options),
  Adam: (params, options) => new Adam(params, options),
  AdamW: (params, options) => new AdamW(params, options),
  RMSprop: (params, options) => new RMSprop(params, options),
} satisfies Record<string, Make>;

export const optimizerCases = readFixtures<OptimizerCase[]>("optimizers").map(
  (it) => [`${it.optimizer} ${JSON.stringify({ ...it, optimizer: undefined, after: undefined })}`, it] as const,
);

const shapes: readonly Shape[] = [[2, 3], [4]];
export const steps = 12;

/** The parameters and the optimizer of a case, and what to do for one of its steps. */
export function setUp(it: OptimizerCase) {
  const params = shapes.map((shape, i) => wave(shape, i, it.dtype));
  const groups = params.map((p, i) => ({ params: [p], ...it.groups?.[i] }));
  const optimizer = optimizers[it.optimizer](groups, it.options);
  const gradsAt = (step: number): Map<Tensor, Tensor> => {
    const present = params.filter((_, i) => i === 0 || !it.missing?.includes(step));
    return new Map(present.map((p) => [p, wave(p.shape, 10 + params.indexOf(p) + 2 * step, it.dtype)]));
  };
  const step = (n: number): void => {
    if (n === it.lrChange?.step) optimizer.lr = it.lrChange.lr;
    optimizer.step(gradsAt(n));
  };
  return { params, optimizer, gradsAt, step };
}

/** The values of several tensors, to compare them bit for bit. */
export const valuesOf = (tensors: readonly Tensor[]): number[][] => tensors.map((x) => [...x.data]);

export const float64 = (values: readonly number[]): Tensor => tensor(Float64Array.from(values));
