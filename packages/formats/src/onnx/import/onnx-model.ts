import { type DType, DTypeError, formatShape, ShapeError, type Tensor, UsageError } from "@pointwise/tensor";
import { quote, type Refuse } from "../../refuse.ts";
import { Call, type NodeInfo } from "./call.ts";
import { fold } from "./fold.ts";
import { checkSize, mostKnownValues, mostValuesFrom } from "./limits.ts";
import { operatorNamed } from "./ops/index.ts";
import type { RunnableGraph } from "./read-graph.ts";
import { withShapesOnly } from "./shapes-only.ts";

/** An input or output of the model. */
export interface OnnxValueInfo {
  readonly name: string;
  /** int32 also for the int64 of the file. */
  readonly dtype: DType;
  /** A name, or "", for a dimension of any size; `undefined` if the file does not say. */
  readonly shape: readonly (number | string)[] | undefined;
}

/** What a file says of its model. */
export interface OnnxInfo {
  readonly name: string;
  /** The program that wrote the file. */
  readonly producer: string;
  /** The version of the operators. */
  readonly opset: number;
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

/** A model from an ONNX file: a function made of ops, so that it can be differentiated and compiled like any other. */
export class OnnxModel {
  readonly info: OnnxInfo;
  /**
   * The tensors that training changes, by their names in the file; they require gradients. Those are the float tensors of the file that have
   * dimensions, but for statistics (of BatchNormalization) and settings (the bounds of Clip).
   */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** All other tensors of the file. */
  readonly buffers: ReadonlyMap<string, Tensor>;
  private readonly nodes: readonly NodeInfo[];
  private readonly file: string;
  /** The shapes of the last call, that were found to make no tensor too large. */
  private checked = "";

  /** Use `importOnnx`. */
  constructor({ info, nodes, stored }: RunnableGraph, parameters: ReadonlySet<string>, file: string) {
    this.info = info;
    this.nodes = nodes;
    this.file = file;
    const part = (wanted: boolean) => new Map([...stored].filter(([name]) => parameters.has(name) === wanted));
    [this.parameters, this.buffers] = [part(true), part(false)];
    for (const p of this.parameters.values()) p.requiresGrad = true;
  }

  /**
   * The output of a model that has one.
   * @param inputs in the order of `info.inputs`.
   * @throws UsageError for a model of several outputs, and as `outputs` does
   */
  forward(...inputs: readonly Tensor[]): Tensor {
    const { outputs } = this.info;
    if (outputs.length === 1) return this.outputs(...inputs)[0]!;
    const names = outputs.map(({ name }) => name).join(", ");
    throw new UsageError(
      `${this.file}: the model has ${outputs.length} outputs (${names}). Use outputs(...), which gives them all.`,
    );
  }

  /**
   * All outputs, in the order of `info.outputs`.
   * @param inputs in the order of `info.inputs`.
   * @throws UsageError, ShapeError or DTypeError for inputs that are not what the file says; ShapeError or DTypeError naming the node for those
   *   that do not fit inside the model; FormatError for a node that breaks the rules of its operator, or is beyond what can be done here.
   */
  outputs(...inputs: readonly Tensor[]): Tensor[] {
    this.checkInputs(inputs);
    const shapes = inputs.map(({ shape }) => `[${shape}]`).join();
    if (shapes !== this.checked) {
      this.checkSizes(inputs);
      this.checked = shapes;
    }
    return this.run(inputs, () => {});
  }

  /** Finds out whether all results have sizes that can be, before anything is computed. */
  private checkSizes(inputs: readonly Tensor[]): void {
    const most = this.mostValues(inputs);
    let refuse: Refuse | undefined;
    withShapesOnly(
      () =>
        this.run(inputs, (node) => {
          refuse = node.refuse;
        }),
      ({ shape }) => checkSize(shape, most, refuse!),
    );
  }

  private mostValues(inputs: readonly Tensor[]): number {
    return mostValuesFrom(
      [...inputs, ...this.parameters.values(), ...this.buffers.values()].reduce((sum, x) => sum + x.size, 0),
    );
  }

  private checkInputs(inputs: readonly Tensor[]): void {
    const wanted = this.info.inputs;
    if (inputs.length !== wanted.length) {
      const names = wanted.map(({ name }) => name).join(", ");
      throw new UsageError(
        `${this.file}: the model takes ${wanted.length} inputs (${names}), but got ${inputs.length}.`,
      );
    }
    inputs.forEach((x, i) => {
      const { name, dtype, shape } = wanted[i]!;
      if (x.dtype !== dtype) {
        throw new DTypeError(
          `${this.file}: the input ${quote(name)} is ${dtype}, but got ${x.dtype}. Use cast(x, "${dtype}").`,
        );
      }
      if (shape && (shape.length !== x.rank || shape.some((d, j) => typeof d === "number" && d !== x.shape[j]))) {
        const expected = `[${shape.map((d) => (d === "" ? "any" : d)).join(", ")}]`;
        throw new ShapeError(`${this.file}: the input ${quote(name)} is ${expected}, but got ${formatShape(x.shape)}.`);
      }
    });
  }

  /** @param before is told of each node before it runs. */
  private run(inputs: readonly Tensor[], before: (node: NodeInfo) => void): Tensor[] {
    const values = new Map<string, Tensor>([...this.parameters, ...this.buffers]);
    const known = new Set<Tensor>(this.buffers.values());
    const mostValues = this.mostValues(inputs);
    this.info.inputs.forEach(({ name }, i) => {
      values.set(name, inputs[i]!);
    });
    for (const node of this.nodes) {
      before(node);
      const operator = operatorNamed(node.opType)!; // was looked up when the file was read
      const x = node.inputs.map((name) => (name === "" ? undefined : values.get(name)));
      const compute = () => [operator.run(new Call(node, { inputs: x, known, mostValues }))].flat();
      const isKnown = operator.ofShapes || x.every((input) => !input || known.has(input));
      const results = this.explained(node, () =>
        isKnown ? fold(compute, ({ shape }) => checkSize(shape, mostKnownValues, node.refuse)) : compute(),
      );
      node.outputs.forEach((name, i) => {
        if (name === "") return;
        const result =
          results[i] ??
          node.refuse(
            `is asked for its output ${i}, which is not computed here`,
            "Leave what needs it out of the export.",
          );
        values.set(name, result);
        if (isKnown) known.add(result);
      });
    }
    return this.info.outputs.map(({ name }) => values.get(name)!);
  }

  /** Says which node an error comes from. */
  private explained<T>(node: NodeInfo, fn: () => T): T {
    try {
      return fn();
    } catch (error) {
      const where = `${this.file}: node ${quote(node.name)} (${node.opType}): `;
      // Options come from the file, shapes may come from the inputs.
      if (error instanceof UsageError) node.refuse(`has an option that cannot be: ${error.message}`);
      if (error instanceof ShapeError) throw new ShapeError(where + error.message, { cause: error });
      if (error instanceof DTypeError) throw new DTypeError(where + error.message, { cause: error });
      throw error;
    }
  }
}
