import { noGrad } from "@pointwise/autograd";
import { bytesPerElement, type Shape, type Storage, type Tensor, type TensorOptions, zeros } from "@pointwise/tensor";
import type { Module } from "../module.ts";
import type { Parameter } from "../parameter.ts";
import type { LayerCost } from "./cost.ts";
import { formatSummary } from "./format-summary.ts";
import { larger, onePixel, type ReceptiveField, through } from "./receptive-field.ts";

/** One call of a layer. */
export interface SummaryRow {
  /** Its name in the model, as in the state dict. */
  readonly path: string;
  /** As it is made, e.g. `Conv2d(1, 32, 3, { padding: 1 })`. */
  readonly layer: string;
  /** Without the batch dimension. */
  readonly outputShape: Shape;
  /** Its own, those of its children left out; 0 where they were counted in an earlier row. */
  readonly parameters: number;
  /** How their number comes about, e.g. `3·3·1·32 + 32`; "" without any. */
  readonly formula: string;
  /** Multiply-accumulate operations for one sample; `undefined` if the layer does not say. */
  readonly macs: number | undefined;
  /** The memory of the output for one sample; 0 if it shares that of another, as after a Flatten. */
  readonly activationBytes: number;
  /** What one place of the output sees of the picture; `undefined` if the input is no picture. */
  readonly receptiveField: ReceptiveField | undefined;
}

export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly inputShape: Shape;
  /** Of the model: each parameter once. */
  readonly parameters: number;
  readonly trainedParameters: number;
  /** The sum of those that are known. */
  readonly macs: number;
  readonly activationBytes: number;
  toString(): string;
}

/** What has been seen while the model runs. */
interface Watch {
  readonly rows: SummaryRow[];
  readonly counted: Set<Parameter>;
  readonly memory: Set<Storage | undefined>;
  /** The largest so far; `undefined` if the input is no picture. */
  largest: ReceptiveField | undefined;
  readonly fields: WeakMap<Tensor, ReceptiveField>;
}

/** Runs the model with each module's `forward` watched, and puts everything back. */
export function summarize(model: Module, inputShape: Shape, options: TensorOptions): Summary {
  const input = zeros([1, ...inputShape], options);
  const largest = inputShape.length === 3 ? onePixel : undefined;
  const watch: Watch = {
    rows: [],
    counted: new Set(),
    memory: new Set([input.storage]),
    largest,
    fields: new WeakMap(),
  };
  const modules = [...model.namedModules()].map(([path, module]) => ({ path, module, training: module.training }));
  try {
    model.eval();
    for (const { path, module } of modules) module.forward = watched(module, path, watch);
    noGrad(() => model.forward(input));
  } finally {
    for (const { module, training } of modules) {
      Reflect.deleteProperty(module, "forward"); // the class's own shows again
      module.training = training;
    }
  }
  const parameters = [...model.namedParameters().values()];
  const summary = {
    rows: watch.rows,
    inputShape,
    parameters: total(parameters, (p) => p.size),
    trainedParameters: total(parameters, (p) => (p.requiresGrad ? p.size : 0)),
    macs: total(watch.rows, (row) => row.macs ?? 0),
    activationBytes: total(watch.rows, (row) => row.activationBytes),
  };
  return { ...summary, toString: () => formatSummary(summary) };
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

/** The module's own forward, with a row for each call; not for a container that adds nothing to its children's rows. */
function watched(module: Module, path: string, watch: Watch): Module["forward"] {
  const forward = module.forward;
  return (x) => {
    const y = forward.call(module, x);
    const row = rowFor(module, path, x, y, watch);
    const isLeaf = module.namedModules().size === 1;
    if (isLeaf || row.formula !== "" || row.activationBytes > 0) watch.rows.push(row);
    return y;
  };
}

function rowFor(module: Module, path: string, x: Tensor, y: Tensor, watch: Watch): SummaryRow {
  const { macs, formula, window } = module.cost(x.shape, y.shape);
  const own = ownParameters(module);
  const fresh = own.filter((p) => !watch.counted.has(p));
  for (const p of fresh) watch.counted.add(p);
  const isShared = watch.memory.has(y.storage);
  watch.memory.add(y.storage);
  return {
    path,
    layer: `${module.constructor.name}(${module.extraRepr()})`,
    outputShape: y.shape.slice(1),
    parameters: total(fresh, (p) => p.size),
    formula: own.length === 0 ? "" : (formula ?? own.map((p) => p.shape.toReversed().join("·")).join(" + ")),
    macs: macs ?? (own.length === 0 ? 0 : undefined),
    activationBytes: isShared ? 0 : y.size * bytesPerElement(y.dtype),
    receptiveField: fieldOf(y, x, module, window, watch),
  };
}

function ownParameters(module: Module): Parameter[] {
  const [, ...below] = module.namedModules().values();
  const others = new Set(below.flatMap((child) => [...child.namedParameters().values()]));
  return [...module.namedParameters().values()].filter((p) => !others.has(p));
}

/** Of a tensor made between layers, where no layer tells, the largest so far: fields only grow. */
function fieldOf(
  y: Tensor,
  x: Tensor,
  module: Module,
  window: LayerCost["window"],
  watch: Watch,
): ReceptiveField | undefined {
  if (!watch.largest) return undefined;
  const isLeaf = module.namedModules().size === 1;
  const before = watch.fields.get(x) ?? watch.largest;
  const field = isLeaf ? through(before, window) : (watch.fields.get(y) ?? watch.largest);
  watch.fields.set(y, field);
  watch.largest = larger(watch.largest, field);
  return field;
}
