import {
  type DType,
  formatShape,
  PointwiseError,
  type Shape,
  sameShape,
  type Tensor,
  UsageError,
} from "@pointwise/tensor";
import type { Graph, InputNode, Node, Variants } from "./graph.ts";
import { type Recording, record, type Step } from "./recorder.ts";

/** What a function of any batch is tried with: sizes that broadcasting (as 1 would) and empty tensors (as 0) do not treat in ways of their own. */
export const batchSizes = [2, 3] as const;

/**
 * The function as a graph.
 * @param dynamicBatch whether the first dimension is left open. The function is then traced with batches of two sizes.
 * @throws UsageError if the function does something else for another batch size
 */
export function traceGraph(fn: (x: Tensor) => Tensor, shape: Shape, dtype: DType, dynamicBatch: boolean): Graph {
  if (!dynamicBatch) return merge([record(fn, shape, dtype)]);
  if (shape.length === 0) {
    throw new UsageError("exportOnnx: a 0-d input has no batch dimension. Say { dynamicBatch: false }.");
  }
  return merge([atBatch(fn, shape, dtype, batchSizes[0]), atBatch(fn, shape, dtype, batchSizes[1])]);
}

function atBatch(fn: (x: Tensor) => Tensor, shape: Shape, dtype: DType, size: number): Recording {
  try {
    return record(fn, shape.with(0, size), dtype);
  } catch (error) {
    if (!(error instanceof PointwiseError) || error instanceof UsageError) throw error;
    throw new UsageError(
      `exportOnnx: the function does not take a batch of ${size}, ${formatShape(shape.with(0, size))}: ${error.message} ` +
        "If it is not made for batches of any size, say { dynamicBatch: false }.",
      { cause: error },
    );
  }
}

function merge(recordings: Variants<Recording>): Graph {
  const [first] = recordings;
  if (!recordings.every((r) => r.steps.length === first.steps.length && r.output === first.output)) throw otherOps();
  const nodes: Node[] = [];
  for (let i = 0; i < first.steps.length; i++) {
    nodes.push(
      mergeSteps(
        mapVariants(recordings, (r) => r.steps[i]!),
        nodes,
      ),
    );
  }
  // The recorder puts the input first.
  return { nodes, input: nodes[0] as InputNode, output: nodes[first.output]! };
}

function mergeSteps(steps: Variants<Step>, nodes: readonly Node[]): Node {
  const [first] = steps;
  const common = { shapes: mapVariants(steps, ({ shape }) => shape), dtype: first.dtype };
  switch (first.kind) {
    case "input":
      return { kind: "input", ...common };
    case "number": {
      const values = mapVariants(steps, (s) => (s.kind === "number" ? s.value : fail()));
      return { kind: "number", values, ...common };
    }
    case "stored":
      for (const s of steps) if (s.kind !== "stored" || !sameStored(s, first)) fail();
      return { kind: "stored", tensor: first.tensor, ...common };
    case "op": {
      for (const s of steps) if (s.kind !== "op" || s.op !== first.op || `${s.inputs}` !== `${first.inputs}`) fail();
      const attrs = mapVariants(steps, (s) => (s.kind === "op" ? s.attrs : fail()));
      return { kind: "op", op: first.op, attrs, inputs: first.inputs.map((i) => nodes[i]!), ...common };
    }
  }
}

type StoredStep = Extract<Step, { kind: "stored" }>;

/** The same memory, or the same values, if the function made them each time. */
function sameStored({ tensor: a }: StoredStep, { tensor: b }: StoredStep): boolean {
  if (!sameShape(a.shape, b.shape) || a.dtype !== b.dtype) return false;
  return a.storage === b.storage || a.data.every((value, i) => Object.is(value, b.data[i]));
}

function fail(): never {
  throw otherOps();
}

const otherOps = (): UsageError =>
  new UsageError(
    "exportOnnx: the function does not do the same for batches of all sizes (of 2 and of 3, which it was tried with), or makes a tensor whose size " +
      "depends on the batch's. Leave the batch dimension to the ops, or say { dynamicBatch: false } for a model of one batch size.",
  );

function mapVariants<T, U>([first, ...rest]: Variants<T>, fn: (item: T) => U): Variants<U> {
  return [fn(first), ...rest.map(fn)];
}
