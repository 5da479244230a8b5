import {
  copyValues,
  numberAlgebra,
  runReference,
  Storage,
  sizeOf,
  type TypedArray,
  viewBuffer,
} from "@pointwise/tensor";
import { compileModule, type Engine } from "@pointwise/wasm";
import type { ReferenceItem } from "../fuse/item.ts";
import type { ProgramHeap } from "../memory/heap.ts";
import type { ConstantNode, Graph, Node } from "../trace/graph.ts";
import type { Emitted } from "./emit.ts";

/** A compiled graph, ready to run. */
export class Program {
  private readonly emitted: Emitted;
  private readonly graph: Graph;
  private readonly heap: ProgramHeap;
  private readonly assigned: readonly Storage[];
  private readonly start: () => void;
  /** Views of arrays in the heap; made anew when the heap has grown, which empties them. */
  private readonly views = new Map<Node, TypedArray>();
  private viewed: ArrayBuffer | undefined;
  private inputs: readonly TypedArray[] = [];
  private outputs: readonly TypedArray[] = [];

  constructor(graph: Graph, emitted: Emitted, heap: ProgramHeap, engine: Engine) {
    this.graph = graph;
    this.emitted = emitted;
    this.heap = heap;
    this.assigned = graph.assignments.map(({ state }) => state.storage);
    const k = numberAlgebra();
    const { exp, expm1, log, log1p, sin, cos, tanh, erf, pow } = k;
    const env = {
      memory: heap.memory,
      refuseIndex: (id: number) => emitted.checks.refuse(id, (node) => this.view(node)),
      runReference: (id: number) => this.runReference(emitted.references[id]!),
      ...{ exp, expm1, log, log1p, sin, cos, tanh, erf, pow },
    };
    const instance = new WebAssembly.Instance(compileModule(emitted.bytes, engine), { env });
    // The one export of every program.
    this.start = instance.exports.run as () => void;
  }

  /** One call: arguments are copied in, results out. */
  run(args: readonly { readonly data: TypedArray }[]): Storage[] {
    if (this.viewed !== this.heap.buffer) this.renewViews();
    const { inputs, outputs, assigned, graph } = this;
    for (let i = 0; i < args.length; i++) inputs[i]!.set(args[i]!.data);
    this.start();
    for (let i = 0; i < assigned.length; i++) assigned[i]!.version++;
    const results = new Array<Storage>(outputs.length);
    for (let i = 0; i < results.length; i++) results[i] = copyOf(graph.outputs[i]!, outputs[i]!);
    return results;
  }

  private renewViews(): void {
    this.views.clear();
    this.viewed = this.heap.buffer;
    this.inputs = this.graph.inputs.map((node) => this.view(node));
    this.outputs = this.graph.outputs.map((node) => this.view(node));
  }

  private view(node: Node): TypedArray {
    let view = this.views.get(node);
    if (!view) {
      view = viewBuffer(node.dtype, this.heap.buffer, this.emitted.plan.addressOf(node), sizeOf(node.shape));
      this.views.set(node, view);
    }
    return view;
  }

  private runReference({ main }: ReferenceItem): void {
    const data = (node: Node) => (node.kind === "constant" ? constantData(node) : this.view(node));
    const buffer = (node: Node) => ({ data: data(node), shape: node.shape });
    const out = { data: this.view(main), shape: main.shape };
    out.data.fill(0);
    runReference(main.op, main.attrs, out, main.inputs.map(buffer));
  }
}

/** To make a typed array takes longer than all else about a single value. */
function copyOf({ dtype }: Node, values: TypedArray): Storage {
  return values.length === 1 ? Storage.ofNumber(dtype, values[0]!) : Storage.of(dtype, copyValues(dtype, values));
}

function constantData({ dtype, value }: ConstantNode): TypedArray {
  return Storage.allocate(dtype, 1).view.fill(value);
}
