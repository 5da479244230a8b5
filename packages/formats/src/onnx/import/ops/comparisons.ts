import {
  cast,
  eq,
  ge,
  gt,
  isfinite,
  isnan,
  le,
  logicalAnd,
  logicalNot,
  logicalOr,
  lt,
  type Tensor,
  where,
} from "@pointwise/tensor";
import { dataTypeName, dtypeOf } from "../../data-types.ts";
import type { Call } from "../call.ts";
import { each, type Operators } from "../operator.ts";

const binary = (fn: (a: Tensor, b: Tensor) => Tensor) => (call: Call) => fn(call.input(0), call.input(1));

function castTo(call: Call): Tensor {
  const to = call.int("to");
  const dtype = dtypeOf(to);
  return dtype
    ? cast(call.input(0), dtype)
    : call.refuse(`casts to ${dataTypeName(to)}`, "Export the model in float32.");
}

function isInfinite(call: Call): Tensor {
  const x = call.input(0);
  const [positive, negative] = [call.int("detect_positive", 1) !== 0, call.int("detect_negative", 1) !== 0];
  if (positive && negative) return logicalNot(logicalOr(isfinite(x), isnan(x)));
  return positive ? eq(x, Infinity) : eq(x, -Infinity);
}

export const comparisons = (): Operators =>
  each({
    Equal: binary(eq),
    Less: binary(lt),
    LessOrEqual: binary(le),
    Greater: binary(gt),
    GreaterOrEqual: binary(ge),
    And: binary(logicalAnd),
    Or: binary(logicalOr),
    Not: (call) => logicalNot(call.input(0)),
    IsNaN: (call) => isnan(call.input(0)),
    IsInf: isInfinite,
    Where: (call) => where(call.input(0), call.input(1), call.input(2)),
    Cast: castTo,
  });
