import {
  add,
  argmax,
  argmin,
  argsort,
  cumsum,
  flip,
  fromData,
  gather,
  indexSelect,
  lt,
  mul,
  narrow,
  oneHot,
  type Range,
  reshape,
  scatterAdd,
  select,
  slice,
  sub,
  type Tensor,
  where,
} from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { each, type Operators } from "../operator.ts";

/** Indices that count from the end, if negative, counted from the front. */
function fromFront(call: Call, position: number, size: number): Tensor {
  const index = call.input(position);
  if (call.isKnown(position)) {
    return fromData(
      Int32Array.from(index.data, (i) => (i < 0 ? i + size : i)),
      index.shape,
      "int32",
    );
  }
  return where(lt(index, 0), add(index, size), index);
}

function gatherOf(call: Call): Tensor {
  const x = call.input(0);
  const axis = call.dim(call.int("axis", 0), x.rank);
  const index = fromFront(call, 1, x.shape[axis]!);
  const picked = indexSelect(x, axis, reshape(index, [index.size]));
  return reshape(picked, [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)]);
}

function gatherElements(call: Call): Tensor {
  const x = call.input(0);
  const axis = call.dim(call.int("axis", 0), x.rank);
  return gather(x, axis, fromFront(call, 1, x.shape[axis]!));
}

function scatterElements(call: Call): Tensor {
  const x = call.input(0);
  if (call.text("reduction", "none") !== "add") call.refuse("overwrites values", "Only reduction=add can be imported.");
  const axis = call.dim(call.int("axis", 0), x.rank);
  return scatterAdd(x, axis, fromFront(call, 1, x.shape[axis]!), call.input(2));
}

/** Positions are attributes up to version 9. */
function sliceOf(call: Call): Tensor {
  const x = call.input(0);
  const asAttributes = call.opset < 10;
  const starts = (asAttributes ? call.ints("starts") : call.numbers(1, "starts")) ?? call.refuse("lacks its starts");
  const ends = (asAttributes ? call.ints("ends") : call.numbers(2, "ends")) ?? call.refuse("lacks its ends");
  const axes = (asAttributes ? call.ints("axes") : call.numbers(3, "axes")) ?? starts.map((_, i) => i);
  const steps = (asAttributes ? undefined : call.numbers(4, "steps")) ?? starts.map(() => 1);
  const lengths = [starts, ends, axes, steps].map((list) => list.length);
  if (new Set(lengths).size > 1) call.refuse(`has ${lengths.join(", ")} starts, ends, axes and steps`);
  const dims = call.dims(axes, x.rank);
  const backwards = dims.filter((_, i) => steps[i]! < 0);
  const ranges: Range[] = x.shape.map((size, dim) => {
    const i = dims.indexOf(dim);
    return i < 0 ? null : forwardRange([starts[i]!, ends[i]!, steps[i]!], size);
  });
  return slice(backwards.length > 0 ? flip(x, backwards) : x, ...ranges);
}

/** A range with a negative step as it reads in the flipped dimension; others as they are. */
function forwardRange([start, end, step]: readonly [number, number, number], size: number): Range {
  if (step >= 0) return [start, end, step];
  const fromFront = (at: number) => (at < 0 ? at + size : at);
  const flipped = (at: number) => Math.min(Math.max(size - 1 - fromFront(at), 0), size);
  return [flipped(start), flipped(end), -step];
}

function argExtreme(pick: (x: Tensor, dim: number, options: { keepdim: boolean }) => Tensor): (call: Call) => Tensor {
  return (call) => {
    const x = call.input(0);
    if (call.int("select_last_index", 0) !== 0)
      call.refuse("picks the last of equal values", "Only the first can be picked here.");
    return pick(x, call.dim(call.int("axis", 0), x.rank), { keepdim: call.int("keepdims", 1) !== 0 });
  };
}

function topK(call: Call): readonly Tensor[] {
  const x = call.input(0);
  const k = call.opset < 10 ? call.int("k") : call.number(1, "k");
  const axis = call.dim(call.int("axis", -1), x.rank);
  if (k === undefined || k < 0 || k > x.shape[axis]!) return call.refuse(`picks ${k} of ${x.shape[axis]} values`);
  const order = argsort(x, axis, { descending: call.int("largest", 1) !== 0 });
  const indices = narrow(order, axis, 0, k);
  return [gather(x, axis, indices), indices];
}

function cumSum(call: Call): Tensor {
  const x = call.input(0);
  const axis = call.dim(call.number(1, "axis") ?? call.refuse("lacks its axis"), x.rank);
  if (call.int("exclusive", 0) !== 0)
    call.refuse("leaves out each value itself", "Only inclusive sums can be imported.");
  return call.int("reverse", 0) === 0 ? cumsum(x, axis) : flip(cumsum(flip(x, axis), axis), axis);
}

function oneHotOf(call: Call): Tensor {
  const depth = call.number(1, "depth") ?? call.refuse("lacks its depth");
  const values = call.input(2);
  if (call.int("axis", -1) !== -1) call.refuse("adds a dimension that is not the last");
  const [off, on] = [select(values, 0, 0), select(values, 0, 1)];
  const hot = oneHot(fromFront(call, 0, depth), depth, { dtype: values.dtype });
  return add(mul(hot, sub(on, off)), off);
}

export const indexing = (): Operators => ({
  ...each({
    Gather: gatherOf,
    GatherElements: gatherElements,
    ScatterElements: scatterElements,
    Slice: sliceOf,
    ArgMax: argExtreme(argmax),
    ArgMin: argExtreme(argmin),
    CumSum: cumSum,
  }),
  OneHot: { run: oneHotOf, settings: [2] },
  TopK: { run: topK },
});
