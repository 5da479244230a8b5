import {
  type DType,
  formatShape,
  type Op,
  randomBitsOp,
  randomNormalOp,
  randomUniformOp,
  type Shape,
  Tensor,
  type Tracer,
  trace,
  UsageError,
  withGradMode,
} from "@pointwise/tensor";

/** What one trace recorded. Inputs of ops are positions in the list. */
export type Step =
  | { readonly kind: "input"; readonly shape: Shape; readonly dtype: DType }
  | { readonly kind: "stored"; readonly shape: Shape; readonly dtype: DType; readonly tensor: Tensor }
  | { readonly kind: "number"; readonly shape: Shape; readonly dtype: DType; readonly value: number }
  | OpStep;

export interface OpStep {
  readonly kind: "op";
  readonly shape: Shape;
  readonly dtype: DType;
  readonly op: Op;
  readonly attrs: unknown;
  readonly inputs: readonly number[];
}

export interface Recording {
  readonly steps: readonly Step[];
  readonly output: number;
}

/** Runs the function without values, and keeps what it does. The input is the first step. */
export function record(fn: (x: Tensor) => Tensor, shape: Shape, dtype: DType): Recording {
  const recorder = new Recorder();
  const output = withGradMode(false, () => trace(recorder, () => fn(recorder.input(shape, dtype))));
  if (!(output instanceof Tensor)) {
    throw new UsageError(`exportOnnx: the function must return a tensor, but returned ${typeof output}.`);
  }
  return { steps: recorder.steps, output: recorder.positionOf(output) };
}

const randomOps: readonly unknown[] = [randomBitsOp, randomNormalOp, randomUniformOp];

class Recorder implements Tracer {
  readonly steps: Step[] = [];
  private readonly positions = new Map<Tensor, number>();

  input(shape: Shape, dtype: DType): Tensor {
    const x = new Tensor([...shape], dtype, undefined);
    this.add(x, { kind: "input", shape: x.shape, dtype });
    return x;
  }

  record(op: Op, inputs: readonly Tensor[], attrs: unknown, out: Tensor): void {
    if (randomOps.includes(op)) throw notEvaluation("draws random numbers, as dropout does");
    const { shape, dtype } = out;
    this.add(out, { kind: "op", shape, dtype, op, attrs, inputs: inputs.map((x) => this.positionOf(x)) });
  }

  constant(value: number, dtype: DType): Tensor {
    const x = new Tensor([], dtype, undefined);
    const exact = dtype === "float32" ? Math.fround(value) : value;
    this.add(x, { kind: "number", shape: [], dtype, value: exact });
    return x;
  }

  assign(): void {
    throw notEvaluation("assigns to a tensor, as batch normalisation does to its running statistics");
  }

  positionOf(x: Tensor): number {
    const known = this.positions.get(x);
    if (known !== undefined) return known;
    if (!x.storage) {
      throw new UsageError(
        `exportOnnx: the function uses a tensor ${formatShape(x.shape)} without values, left over from another trace.`,
      );
    }
    const { shape, dtype } = x;
    return this.add(x, { kind: "stored", shape, dtype, tensor: x });
  }

  private add(x: Tensor, step: Step): number {
    this.steps.push(step);
    this.positions.set(x, this.steps.length - 1);
    return this.steps.length - 1;
  }
}

const notEvaluation = (what: string): UsageError =>
  new UsageError(
    `exportOnnx: in training mode the function ${what}; a file holds what the model does when it is used. Call model.eval() first.`,
  );
