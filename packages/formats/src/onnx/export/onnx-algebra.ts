import { type Algebra, type DType, isFloat } from "@pointwise/tensor";
import type { Builder, Value } from "./builder.ts";
import { noCounterpart } from "./no-counterpart.ts";

/** An elementwise expression as ONNX nodes: any such op can be written, also one that a user defined. */
export class OnnxAlgebra implements Algebra<Value> {
  private readonly b: Builder;
  private readonly dtype: DType;
  private readonly op: string;

  /**
   * @param dtype of floats, that numbers are computed in.
   * @param op whose expression it is, for errors.
   */
  constructor(builder: Builder, dtype: DType, op: string) {
    this.b = builder;
    this.dtype = dtype;
    this.op = op;
  }

  c = (value: number): Value => this.b.scalar(value, this.dtype);
  add = (x: Value, y: Value): Value => this.numeric("Add", x, y);
  sub = (x: Value, y: Value): Value => this.numeric("Sub", x, y);
  mul = (x: Value, y: Value): Value => this.numeric("Mul", x, y);
  div = (x: Value, y: Value): Value => this.numeric("Div", x, y);
  neg = (x: Value): Value => this.numeric("Neg", x);
  abs = (x: Value): Value => this.numeric("Abs", x);
  min = (x: Value, y: Value): Value => this.numeric("Min", x, y);
  max = (x: Value, y: Value): Value => this.numeric("Max", x, y);
  floor = (x: Value): Value => this.numeric("Floor", x);
  ceil = (x: Value): Value => this.numeric("Ceil", x);
  /** Towards zero, for which ONNX has no op. */
  trunc = (x: Value): Value => this.mul(this.numeric("Sign", x), this.floor(this.abs(x)));
  round = (x: Value): Value => this.numeric("Round", x);
  sqrt = (x: Value): Value => this.numeric("Sqrt", x);
  exp = (x: Value): Value => this.numeric("Exp", x);
  expm1 = (x: Value): Value => this.sub(this.exp(x), this.c(1));
  log = (x: Value): Value => this.numeric("Log", x);
  log1p = (x: Value): Value => this.log(this.add(this.c(1), x));
  sin = (x: Value): Value => this.numeric("Sin", x);
  cos = (x: Value): Value => this.numeric("Cos", x);
  tanh = (x: Value): Value => this.numeric("Tanh", x);
  erf = (x: Value): Value => this.numeric("Erf", x);
  pow = (x: Value, y: Value): Value => this.numeric("Pow", x, y);

  lt = (x: Value, y: Value): Value => this.compare("Less", x, y);
  le = (x: Value, y: Value): Value => this.compare("LessOrEqual", x, y);
  eq = (x: Value, y: Value): Value => this.compare("Equal", x, y);
  and = (x: Value, y: Value): Value => this.logical("And", x, y);
  or = (x: Value, y: Value): Value => this.logical("Or", x, y);
  not = (x: Value): Value => this.logical("Not", x);
  select = (mask: Value, x: Value, y: Value): Value => {
    const dtype = x.dtype === y.dtype ? x.dtype : this.dtype;
    return this.b.add("Where", [this.b.cast(mask, "bool"), this.b.cast(x, dtype), this.b.cast(y, dtype)], dtype);
  };

  index = (): Value => this.refuse();
  iadd = (): Value => this.refuse();
  ixor = (): Value => this.refuse();
  irotl = (): Value => this.refuse();
  ishr = (): Value => this.refuse();

  private numeric(opType: string, ...x: readonly Value[]): Value {
    return this.b.add(opType, x.map(this.number), this.dtype);
  }

  private compare(opType: string, ...x: readonly Value[]): Value {
    return this.b.add(opType, x.map(this.number), "bool");
  }

  private logical(opType: string, ...x: readonly Value[]): Value {
    return this.b.add(
      opType,
      x.map((v) => this.b.cast(v, "bool")),
      "bool",
    );
  }

  /** For 32-bit integers that wrap, and the place of an element. */
  private refuse(): never {
    throw noCounterpart(this.op);
  }

  private number = (x: Value): Value => this.b.cast(x, this.dtype);
}

/** The dtype of floats to compute an expression in: that of the values, or one that holds all integers. */
export const floatFor = (dtypes: readonly DType[]): DType =>
  dtypes.includes("float64") || !dtypes.some(isFloat) ? "float64" : "float32";
