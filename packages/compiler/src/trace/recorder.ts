import {
  type DType,
  formatShape,
  type Op,
  reshapeOp,
  type Shape,
  type Storage,
  sameShape,
  Tensor,
  type Tracer,
  UsageError,
} from "@pointwise/tensor";
import type { Graph, InputNode, Node, OpNode, StateNode } from "./graph.ts";

/** Records a function of tensors as a graph. */
export class Recorder implements Tracer {
  private readonly nodes: Node[] = [];
  private readonly inputs: InputNode[] = [];
  /** What traced tensors stand for. */
  private readonly traced = new Map<Tensor, Node>();
  private readonly states = new Map<Storage, StateNode>();
  /** The value that a state has at this point of the function, once it was assigned to. */
  private readonly current = new Map<StateNode, Node>();
  /** Tensors that the function filled with one number while it was traced. */
  private readonly filled = new Map<Storage, number>();

  /** An argument: a tensor that has a shape but no values yet. */
  input(shape: Shape, dtype: DType): Tensor {
    const node = this.add({ kind: "input", id: this.nodes.length, index: this.inputs.length, shape, dtype });
    this.inputs.push(node);
    return this.stand(node);
  }

  record(op: Op, inputs: readonly Tensor[], attrs: unknown, out: Tensor): void {
    const { shape, dtype } = out;
    this.traced.set(
      out,
      this.apply(
        op,
        inputs.map((x) => this.nodeOf(x)),
        attrs,
        shape,
        dtype,
      ),
    );
  }

  constant(value: number, dtype: DType): Tensor {
    const exact = dtype === "float32" ? Math.fround(value) : value;
    return this.stand(this.add({ kind: "constant", id: this.nodes.length, shape: [], dtype, value: exact }));
  }

  created(x: Tensor, value: number): void {
    this.filled.set(x.storage!, value);
  }

  /** Whether a tensor was made by the function, filled with one number, and did not become state. */
  isConstant({ storage }: Tensor): boolean {
    return storage !== undefined && this.filled.has(storage);
  }

  assign(target: Tensor, value: Tensor): void {
    if (!target.storage) {
      throw new UsageError(
        `compile: assign to a tensor ${formatShape(target.shape)} that is an argument of the compiled function or was computed in it. Only tensors made ` +
          "outside keep values between calls: assign to one of those, or return the value.",
      );
    }
    const state = this.stateOf(target);
    this.filled.delete(target.storage);
    this.current.set(state, this.inShape(this.nodeOf(value), state.shape));
    // So that a gradient that needs the old value is refused, as it is eagerly.
    target.storage.version++;
  }

  /** The node that a tensor is now. */
  nodeOf(x: Tensor): Node {
    const traced = this.traced.get(x);
    if (traced) return traced;
    if (!x.storage) {
      throw new UsageError(
        `compile: a tensor ${formatShape(x.shape)} without values is used, which another trace made. It stands for a value of a compiled function and ` +
          "must not be kept after the call: return it from that function instead.",
      );
    }
    const state = this.stateOf(x);
    return this.inShape(this.current.get(state) ?? state, x.shape);
  }

  finish(outputs: readonly Tensor[]): Graph {
    return {
      nodes: this.nodes,
      inputs: this.inputs,
      outputs: outputs.map((x) => this.nodeOf(x)),
      filled: this.filled,
      assignments: [...this.current].map(([state, value]) => ({ state, value })),
    };
  }

  private stateOf({ storage, shape, dtype }: Tensor): StateNode {
    const known = this.states.get(storage!);
    if (known) return known;
    const node: StateNode = this.add({ kind: "state", id: this.nodes.length, shape, dtype, storage: storage! });
    this.states.set(storage!, node);
    return node;
  }

  private inShape(node: Node, shape: Shape): Node {
    return sameShape(node.shape, shape) ? node : this.apply(reshapeOp, [node], { shape }, shape, node.dtype);
  }

  private apply<A>(op: Op<A>, inputs: readonly Node[], attrs: A, shape: Shape, dtype: DType): OpNode {
    // Nodes hold ops of all kinds of attributes; they come back together, as they were put in.
    return this.add({ kind: "op", id: this.nodes.length, op: op as Op, attrs, inputs, shape, dtype });
  }

  private stand(node: Node): Tensor {
    const x = new Tensor(node.shape, node.dtype, undefined);
    this.traced.set(x, node);
    return x;
  }

  private add<N extends Node>(node: N): N {
    this.nodes.push(node);
    return node;
  }
}
