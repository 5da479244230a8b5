import {
  abs,
  add,
  cast,
  ceil,
  cos,
  div,
  erf,
  exp,
  floor,
  isFloat,
  log,
  matmul,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  remainder,
  round,
  sign,
  sin,
  sqrt,
  sub,
  type Tensor,
  trunc,
} from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { each, type Operators } from "../operator.ts";

const unary = (fn: (x: Tensor) => Tensor) => (call: Call) => fn(call.input(0));
const binary = (fn: (a: Tensor, b: Tensor) => Tensor) => (call: Call) => fn(call.input(0), call.input(1));
const variadic = (fn: (a: Tensor, b: Tensor) => Tensor) => (call: Call) => call.all().reduce((a, b) => fn(a, b));

/** ONNX drops the fraction of a quotient of integers. */
function divide(a: Tensor, b: Tensor): Tensor {
  if (isFloat(a.dtype) || isFloat(b.dtype)) return div(a, b);
  return cast(trunc(div(cast(a, "float64"), cast(b, "float64"))), "int32");
}

function gemm(call: Call): Tensor {
  const [a, b, c] = [call.input(0), call.input(1), call.optional(2)];
  if (a.rank !== 2 || b.rank !== 2) call.refuse("multiplies what are no matrices");
  const [alpha, beta] = [call.float("alpha", 1), call.float("beta", 1)];
  const product = matmul(a, b, { transposeA: call.int("transA", 0) !== 0, transposeB: call.int("transB", 0) !== 0 });
  const scaled = alpha === 1 ? product : mul(product, alpha);
  return c ? add(scaled, beta === 1 ? c : mul(c, beta)) : scaled;
}

function modulo(call: Call): Tensor {
  const [a, b] = [call.input(0), call.input(1)];
  return call.int("fmod", 0) === 0 ? remainder(a, b) : sub(a, mul(trunc(div(a, b)), b));
}

export const arithmetic = (): Operators =>
  each({
    Add: binary(add),
    Sub: binary(sub),
    Mul: binary(mul),
    Div: binary(divide),
    Mod: modulo,
    Pow: binary((a, b) => cast(pow(a, b), a.dtype)),
    Max: variadic(maximum),
    Min: variadic(minimum),
    Sum: variadic(add),
    Abs: unary(abs),
    Neg: unary(neg),
    Sign: unary(sign),
    Sqrt: unary(sqrt),
    Exp: unary(exp),
    Log: unary(log),
    Reciprocal: unary(reciprocal),
    Floor: unary(floor),
    Ceil: unary(ceil),
    Round: unary(round),
    Sin: unary(sin),
    Cos: unary(cos),
    Erf: unary(erf),
    MatMul: binary((a, b) => matmul(a, b)),
    Gemm: gemm,
  });
