import type { DType } from "@pointwise/tensor";
import { base, type FunctionBuilder, type KernelContext, type Scalar, ScalarAlgebra } from "@pointwise/wasm";
import type { ScalarItem } from "../fuse/item.ts";
import { owner } from "../fuse/item.ts";
import type { Node } from "../trace/graph.ts";
import type { Phase } from "./phase.ts";

/** Straight-line code for single numbers. All are read before the first is written, so that states can be updated in place. */
export function emitScalars(
  context: KernelContext,
  f: FunctionBuilder,
  { nodes }: ScalarItem,
  stored: ReadonlySet<Node>,
  phase: Phase,
): void {
  const k = new ScalarAlgebra(context, f);
  const values = new Map<Node, Scalar>();
  const inside = new Set<Node>(nodes);
  for (const x of nodes.flatMap((node) => node.inputs).map(owner)) {
    if (inside.has(x) || values.has(x)) continue;
    values.set(x, x.kind === "constant" ? k.c(x.value) : load(k, x, phase));
  }
  for (const node of nodes) {
    const { op, attrs, inputs, dtype } = node;
    if (op.kind !== "elementwise") throw new Error(`compile: ${op.name} is no elementwise op.`);
    const value = op.expr<Scalar>(k, attrs, ...inputs.map((x) => values.get(owner(x))!));
    values.set(node, rounded(k, value, dtype));
  }
  for (const node of nodes) if (stored.has(node)) store(k, node, values.get(node)!, phase);
}

function load(k: ScalarAlgebra, node: Node, phase: Phase): Scalar {
  const { f } = k;
  const address = phase.place(node);
  switch (node.dtype) {
    case "float64":
      return k.keepFloat(f.f64.load(base(f, address), address.offset));
    case "float32":
      return k.keepFloat(f.f64.promote(f.f32.load(base(f, address), address.offset)));
    case "int32":
      return k.keepInteger(f.i32.load(base(f, address), address.offset));
    case "bool":
      return k.keepInteger(f.i32.load8U(base(f, address), address.offset));
  }
}

/** The value as a tensor of the dtype holds it. */
function rounded(k: ScalarAlgebra, value: Scalar, dtype: DType): Scalar {
  const { f32, f64 } = k.f;
  switch (dtype) {
    case "float64":
      return k.keepFloat(k.float(value));
    case "float32":
      return k.keepFloat(f64.promote(f32.demote(k.float(value))));
    case "int32":
      return k.keepInteger(k.integer(value));
    case "bool":
      return k.keepInteger(k.truth(value));
  }
}

function store(k: ScalarAlgebra, node: Node, value: Scalar, phase: Phase): void {
  const { f } = k;
  const address = phase.place(node);
  switch (node.dtype) {
    case "float64":
      f.f64.store(base(f, address), k.float(value), address.offset);
      break;
    case "float32":
      f.f32.store(base(f, address), f.f32.demote(k.float(value)), address.offset);
      break;
    case "int32":
      f.i32.store(base(f, address), k.integer(value), address.offset);
      break;
    case "bool":
      f.i32.store8(base(f, address), k.integer(value), address.offset);
  }
}
