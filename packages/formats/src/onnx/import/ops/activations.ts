import {
  abs,
  add,
  clamp,
  div,
  expm1,
  gelu,
  gt,
  leakyRelu,
  logSoftmax,
  lt,
  minimum,
  mul,
  relu,
  reshape,
  sigmoid,
  sizeOf,
  softmax,
  softplus,
  type Tensor,
  tanh,
  where,
} from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { each, type Operators } from "../operator.ts";

const unary = (fn: (x: Tensor) => Tensor) => (call: Call) => fn(call.input(0));

/** x where positive, else alpha · (eˣ − 1). */
const elu = (x: Tensor, alpha: number): Tensor => where(gt(x, 0), x, mul(expm1(minimum(x, 0)), alpha));

function prelu(call: Call): Tensor {
  const [x, slope] = [call.input(0), call.input(1)];
  return where(lt(x, 0), mul(x, slope), x);
}

const hardSigmoid = (x: Tensor, alpha: number, beta: number): Tensor =>
  clamp(add(mul(x, alpha), beta), { min: 0, max: 1 });

function geluOf(call: Call): Tensor {
  const approximate = call.text("approximate", "none");
  if (approximate !== "none" && approximate !== "tanh") return call.refuse("has an unknown approximation");
  return gelu(call.input(0), { approximate });
}

/** Up to version 10 the bounds are attributes. */
function clip(call: Call): Tensor {
  const min = call.opset < 11 ? call.float("min") : call.number(1, "lower bound");
  const max = call.opset < 11 ? call.float("max") : call.number(2, "upper bound");
  if (min === undefined && max === undefined) return call.input(0);
  return clamp(call.input(0), { ...(min !== undefined && { min }), ...(max !== undefined && { max }) });
}

/** Up to version 12 all dimensions from the axis on are one. */
function alongAxis(fn: (x: Tensor, dim: number) => Tensor): (call: Call) => Tensor {
  return (call) => {
    const x = call.input(0);
    if (call.opset >= 13) return fn(x, call.dim(call.int("axis", -1), x.rank));
    const axis = call.dim(call.int("axis", 1), x.rank);
    if (axis === x.rank - 1) return fn(x, axis);
    const [rows, columns] = [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))];
    return reshape(fn(reshape(x, [rows, columns]), 1), x.shape);
  };
}

export const activations = (): Operators => ({
  ...each({
    Relu: unary(relu),
    Sigmoid: unary(sigmoid),
    Tanh: unary(tanh),
    Softplus: unary(softplus),
    Softsign: unary((x) => div(x, add(abs(x), 1))),
    LeakyRelu: (call) => leakyRelu(call.input(0), call.float("alpha", 0.01)),
    PRelu: prelu,
    Elu: (call) => elu(call.input(0), call.float("alpha", 1)),
    // The constants that keep mean 0 and variance 1 (Klambauer and others, 2017), as ONNX gives them.
    Selu: (call) =>
      mul(elu(call.input(0), call.float("alpha", 1.6732632423543772)), call.float("gamma", 1.0507009873554805)),
    HardSigmoid: (call) => hardSigmoid(call.input(0), call.float("alpha", 0.2), call.float("beta", 0.5)),
    HardSwish: (call) => mul(call.input(0), hardSigmoid(call.input(0), 1 / 6, 0.5)),
    Gelu: geluOf,
    Mish: unary((x) => mul(x, tanh(softplus(x)))),
    Softmax: alongAxis(softmax),
    LogSoftmax: alongAxis(logSoftmax),
  }),
  Clip: { run: clip, settings: [1, 2] },
});
