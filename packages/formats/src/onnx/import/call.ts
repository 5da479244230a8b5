import { normalizeDim, type Tensor } from "@pointwise/tensor";
import { quote, type Refuse } from "../../refuse.ts";
import { attributeType } from "../messages.ts";
import { narrow } from "../tensor-proto.ts";
import type { Attribute } from "./attribute.ts";

/** What a node is given when it runs. */
export interface Given {
  readonly inputs: readonly (Tensor | undefined)[];
  /** Those that do not depend on the values that the model is given. */
  readonly known: ReadonlySet<Tensor>;
  /** That a result may have. */
  readonly mostValues: number;
}

/** A node of the graph, and what it is given when it runs. */
export class Call {
  readonly opType: string;
  /** The version of the operators. */
  readonly opset: number;
  readonly outputCount: number;
  /** That a result may have. */
  readonly mostValues: number;
  /** Throws a FormatError that names the node. */
  readonly refuse: Refuse;
  private readonly attributes: ReadonlyMap<string, Attribute>;
  private readonly inputs: readonly (Tensor | undefined)[];
  private readonly known: ReadonlySet<Tensor>;

  constructor(node: NodeInfo, { inputs, known, mostValues }: Given) {
    this.opType = node.opType;
    this.opset = node.opset;
    this.outputCount = node.outputs.length;
    this.refuse = node.refuse;
    this.attributes = node.attributes;
    this.inputs = inputs;
    this.known = known;
    this.mostValues = mostValues;
  }

  /** @throws FormatError if there is none. */
  input(position: number): Tensor {
    return this.optional(position) ?? this.refuse(`lacks its input ${position}`);
  }

  /** An input that may be left out. */
  optional(position: number): Tensor | undefined {
    return this.inputs[position];
  }

  /** All inputs, at least one. */
  all(): readonly [Tensor, ...Tensor[]] {
    return [this.input(0), ...this.inputs.slice(1).map((_, i) => this.input(i + 1))];
  }

  /** Whether an input does not depend on what the model is given, but for its shape. */
  isKnown(position: number): boolean {
    const x = this.optional(position);
    return x !== undefined && this.known.has(x);
  }

  /** The numbers of an input that must not depend on what the model is given; `undefined` if it is left out. */
  numbers(position: number, what: string): readonly number[] | undefined {
    const x = this.optional(position);
    if (!x) return undefined;
    if (!this.isKnown(position)) {
      this.refuse(
        `computes its ${what} from the values that the model is given`,
        "Only what depends on their shapes alone can be imported.",
      );
    }
    return Array.from(x.data);
  }

  /** One such number. */
  number(position: number, what: string): number | undefined {
    const numbers = this.numbers(position, what);
    if (numbers && numbers.length !== 1) this.refuse(`has ${numbers.length} numbers as its ${what}, not one`);
    return numbers?.[0];
  }

  /** Dimensions counted from the front, for an input of so many. @throws FormatError */
  dims(numbers: readonly number[], rank: number): readonly number[] {
    return numbers.map((d) => this.dim(d, rank));
  }

  dim(number: number, rank: number): number {
    return Number.isInteger(number) && number >= -rank && number < rank
      ? normalizeDim(number, rank, this.opType)
      : this.refuse(`names the dimension ${number} of a tensor that has ${rank}`);
  }

  int(name: string, otherwise: number): number;
  int(name: string): number | undefined;
  int(name: string, otherwise?: number): number | undefined {
    return this.attribute(name, attributeType.int, "a whole number")?.i ?? otherwise;
  }

  float(name: string, otherwise: number): number;
  float(name: string): number | undefined;
  float(name: string, otherwise?: number): number | undefined {
    return this.attribute(name, attributeType.float, "a number")?.f ?? otherwise;
  }

  ints(name: string): readonly number[] | undefined {
    return this.attribute(name, attributeType.ints, "whole numbers")?.ints;
  }

  floats(name: string): readonly number[] | undefined {
    return this.attribute(name, attributeType.floats, "numbers")?.floats;
  }

  text(name: string, otherwise: string): string {
    return this.attribute(name, attributeType.string, "a text")?.text ?? otherwise;
  }

  tensor(name: string): Tensor | undefined {
    return this.attribute(name, attributeType.tensor, "a tensor")?.tensor;
  }

  /** Whole numbers in the range of int32. */
  int32s(numbers: readonly number[]): Int32Array {
    return narrow(numbers, this.refuse);
  }

  private attribute(name: string, type: number, what: string): Attribute | undefined {
    const attribute = this.attributes.get(name);
    if (!attribute) return undefined;
    // Before the type was stated, it was that of the field that is there.
    const isOfType = attribute.type === undefined || attribute.type === type;
    return isOfType ? attribute : this.refuse(`has something else than ${what} as its attribute ${quote(name)}`);
  }
}

/** What is known of a node before it runs. */
export interface NodeInfo {
  readonly name: string;
  readonly opType: string;
  /** Names of values; "" for one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** The version of the operators. */
  readonly opset: number;
  readonly refuse: Refuse;
}
