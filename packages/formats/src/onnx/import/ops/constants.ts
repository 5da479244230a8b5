import { fromData, full, sizeOf, type Tensor, tensor } from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { checkSize, mostKnownValues } from "../limits.ts";
import type { Operators } from "../operator.ts";

function constant(call: Call): Tensor {
  const value = call.tensor("value");
  if (value) return value;
  const [float, int, floats, ints] = [
    call.float("value_float"),
    call.int("value_int"),
    call.floats("value_floats"),
    call.ints("value_ints"),
  ];
  if (float !== undefined) return full([], float);
  if (floats) return tensor(Float32Array.from(floats));
  if (int !== undefined) return fromData(call.int32s([int]), [], "int32");
  return ints ? fromData(call.int32s(ints), [ints.length], "int32") : call.refuse("has no value that can be read");
}

function constantOfShape(call: Call): Tensor {
  const shape = call.numbers(0, "shape") ?? call.refuse("lacks its shape");
  checkSize(shape, mostKnownValues, call.refuse);
  const value = call.tensor("value") ?? full([1], 0);
  if (value.size !== 1) call.refuse("has not one value, but several");
  return full(shape, value.data[0]!, { dtype: value.dtype });
}

function shapeOf(call: Call): Tensor {
  const { shape } = call.input(0);
  const part = shape.slice(call.int("start", 0), call.int("end") ?? shape.length);
  return fromData(Int32Array.from(part), [part.length], "int32");
}

function range(call: Call): Tensor {
  const [start, limit, delta] = [call.number(0, "start"), call.number(1, "limit"), call.number(2, "step")];
  const { dtype } = call.input(0);
  const count = Math.max(0, Math.ceil((limit! - start!) / delta!));
  if (!Number.isFinite(count)) return call.refuse(`does not get from ${start} to ${limit} by steps of ${delta}`);
  checkSize([count], mostKnownValues, call.refuse);
  const values = Float64Array.from({ length: count }, (_, i) => start! + i * delta!);
  return tensor(values, { dtype });
}

export const constants = (): Operators => ({
  Constant: { run: constant },
  ConstantOfShape: { run: constantOfShape },
  Range: { run: range },
  Shape: { run: shapeOf, ofShapes: true },
  Size: { run: (call) => fromData(Int32Array.of(sizeOf(call.input(0).shape)), [], "int32"), ofShapes: true },
});
