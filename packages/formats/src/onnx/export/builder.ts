import { type DType, formatShape, full, type Shape, type Tensor } from "@pointwise/tensor";
import type { nodeProto } from "../messages.ts";
import type { Write } from "../protobuf.ts";
import { type TensorMessage, writeInt64s, writeTensor } from "../tensor-proto.ts";
import { type Attributes, writeAttributes } from "./attributes.ts";

/** A value of the ONNX graph. */
export interface Value {
  /** Final when the graph is written: its output may be renamed before. */
  name: string;
  readonly dtype: DType;
  /** The number that it is, if it is one. */
  readonly scalar?: number;
}

/** Whole numbers in int64: a shape, axes, positions. */
export interface Int64s {
  name: string;
}

/** An input of a node; `undefined` for one that is left out. */
type Operand = Value | Int64s | undefined;

interface BuiltNode {
  readonly opType: string;
  readonly name: string;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly (Value | Int64s)[];
  readonly attributes: Attributes;
}

/** Collects the nodes and initializers of an ONNX graph. */
export class Builder {
  /** What the graph computes from. */
  readonly input: Value;
  private readonly nodes: BuiltNode[] = [];
  private readonly initializers = new Map<string, TensorMessage>();
  private readonly names = new Set<string>();
  private readonly weights: (tensor: Tensor) => string | undefined;
  private readonly constants = new Map<string, Value>();
  private readonly int64Constants = new Map<string, Int64s>();
  private readonly stored = new Map<Tensor, Value>();
  private batch: Int64s | undefined;

  /** @param weights the names of tensors that have one. */
  constructor(inputDtype: DType, weights: (tensor: Tensor) => string | undefined) {
    this.weights = weights;
    // "output" is kept for the value that the graph is for.
    this.names.add("output");
    this.input = { name: this.unique("input"), dtype: inputDtype };
  }

  /** A node with an output of the given dtype. Trailing inputs that are undefined are left out. */
  add(opType: string, inputs: readonly Operand[], dtype: DType, attributes: Attributes = {}): Value {
    const output = { name: "", dtype };
    this.addNode(opType, inputs, attributes, [output]);
    return output;
  }

  /** A node that gives int64, as the given one of its outputs; those before it, which must have names all the same, are not used. */
  addInt64(opType: string, inputs: readonly Operand[], attributes: Attributes, position = 0): Int64s {
    const output = { name: "" };
    const unused = Array.from({ length: position }, () => ({ name: "" }));
    this.addNode(opType, inputs, attributes, [...unused, output]);
    return output;
  }

  /** A tensor from outside: an initializer under its name, or a constant if it has none. */
  weight(tensor: Tensor): Value {
    const known = this.stored.get(tensor);
    if (known) return known;
    const name = this.weights(tensor);
    const value = { name: this.unique(name ?? "tensor"), dtype: tensor.dtype };
    this.stored.set(tensor, value);
    const message = writeTensor(value.name, tensor);
    if (name === undefined) this.constant(value, message);
    else this.initializers.set(value.name, message);
    return value;
  }

  /** A number, 0-d. */
  scalar(value: number, dtype: DType): Value {
    const name = `${dtype}:${Object.is(value, -0) ? "-0" : value}`;
    return { ...this.tensor(name, () => full([], value, { dtype })), scalar: value };
  }

  /** A tensor of equal numbers. */
  filled(shape: Shape, value: number, dtype: DType): Value {
    return this.tensor(`${dtype}:${formatShape(shape)}·${value}`, () => full(shape, value, { dtype }));
  }

  /** A tensor that is no weight, made when it is first needed under this name, which says what it is. */
  tensor(name: string, make: () => Tensor): Value {
    const known = this.constants.get(name);
    if (known) return known;
    const tensor = make();
    const value = { name: this.unique(name), dtype: tensor.dtype };
    this.constants.set(name, value);
    this.constant(value, writeTensor(value.name, tensor));
    return value;
  }

  int64s(values: readonly number[]): Int64s {
    const name = `int64:[${values}]`;
    const known = this.int64Constants.get(name);
    if (known) return known;
    const value = { name: this.unique(name) };
    this.int64Constants.set(name, value);
    this.constant(value, writeInt64s(value.name, values));
    return value;
  }

  /** A shape, in which -1 stands for the batch size that the graph's input has. */
  shapeWithBatch(shape: readonly number[]): Int64s {
    const parts = shape.map((d) => (d === -1 ? this.batchSize() : this.int64s([d])));
    return this.addInt64("Concat", parts, { axis: 0 });
  }

  /** Int64s as values of a dtype. */
  fromInt64(x: Int64s, dtype: DType): Value {
    return this.add("Cast", [x], dtype, { to: { dtype } });
  }

  cast(x: Value, dtype: DType): Value {
    if (x.dtype === dtype) return x;
    if (x.scalar !== undefined) return this.scalar(dtype === "bool" ? +(x.scalar !== 0) : x.scalar, dtype);
    return this.add("Cast", [x], dtype, { to: { dtype } });
  }

  /** Makes `value` the output, under that name. What has a name already, an input or initializer, goes through an Identity. */
  finish(value: Value): { output: Value; nodes: Write<typeof nodeProto>[]; initializer: TensorMessage[] } {
    const isComputed = this.nodes.some(({ outputs }) => outputs.includes(value));
    const output = isComputed ? value : this.add("Identity", [value], value.dtype);
    output.name = "output";
    const nodes = this.nodes.map(({ opType, name, inputs, outputs, attributes }) => ({
      opType,
      name,
      input: withoutTrailing(inputs).map((x) => x?.name ?? ""),
      output: outputs.map((x) => x.name),
      attribute: writeAttributes(attributes),
    }));
    return { output, nodes, initializer: [...this.initializers.values()] };
  }

  /** A node, not an initializer: so that those are what was trained, for whoever goes on training. */
  private constant(output: Value | Int64s, value: TensorMessage): void {
    this.nodes.push({ opType: "Constant", name: output.name, inputs: [], outputs: [output], attributes: { value } });
  }

  private addNode(
    opType: string,
    inputs: readonly Operand[],
    attributes: Attributes,
    outputs: readonly (Value | Int64s)[],
  ): void {
    const name = this.unique(`${this.pathOf(inputs)}/${opType}`);
    outputs.forEach((output, i) => {
      output.name = this.unique(`${name}_output_${i}`);
    });
    this.nodes.push({ opType, name, inputs, outputs, attributes });
  }

  private batchSize(): Int64s {
    this.batch ??= this.addInt64("Shape", [this.input], { start: 0, end: 1 });
    return this.batch;
  }

  /** Where in the model a node belongs: the layer of the first weight that it reads, as a path. */
  private pathOf(inputs: readonly Operand[]): string {
    const names = new Set(inputs.map((x) => x?.name));
    for (const [tensor, { name }] of this.stored) {
      if (names.has(name) && this.weights(tensor) !== undefined)
        return `/${name.split(".").slice(0, -1).join("/")}`.replace(/\/$/, "");
    }
    return "";
  }

  private unique(name: string): string {
    let candidate = name;
    for (let i = 1; this.names.has(candidate); i++) candidate = `${name}_${i}`;
    this.names.add(candidate);
    return candidate;
  }
}

function withoutTrailing<T>(items: readonly (T | undefined)[]): readonly (T | undefined)[] {
  return items.slice(0, items.findLastIndex((x) => x !== undefined) + 1);
}
