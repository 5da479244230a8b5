import { amax, amin, mean, norm, prod, sum, type Tensor } from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { each, type Operators } from "../operator.ts";
import { axesOf } from "./shapes.ts";

type Reduction = (x: Tensor, dims: readonly number[] | undefined, options: { keepdim: boolean }) => Tensor;

/** @param lastAsAttribute the last version in which the axes are an attribute. */
function reduction(reduce: Reduction, lastAsAttribute: number): (call: Call) => Tensor {
  return (call) => {
    const x = call.input(0);
    const axes = axesOf(call, 1, lastAsAttribute) ?? [];
    const keepdim = call.int("keepdims", 1) !== 0;
    if (axes.length > 0) return reduce(x, call.dims(axes, x.rank), { keepdim });
    return call.int("noop_with_empty_axes", 0) === 0 ? reduce(x, undefined, { keepdim }) : x;
  };
}

export const reductions = (): Operators =>
  each({
    ReduceSum: reduction(sum, 12),
    ReduceMean: reduction(mean, 17),
    ReduceMax: reduction(amax, 17),
    ReduceMin: reduction(amin, 17),
    ReduceProd: reduction(prod, 17),
    ReduceL2: reduction(norm, 17),
  });
