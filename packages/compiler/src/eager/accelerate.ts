import { type Accelerator, setAccelerator } from "@pointwise/tensor";
import { currentEngine } from "@pointwise/wasm";
import { buildProgram } from "../build-program.ts";
import { keepRecent } from "../keep-recent.ts";
import { loweringOf } from "../lowerings/registry.ts";
import type { Program } from "../program/program.ts";
import type { Graph, InputNode, OpNode } from "../trace/graph.ts";
import { identity } from "../trace/identity.ts";
import { writeAttributes } from "../trace/write-attributes.ts";

/**
 * From so many operations on, an op is worth a program of its own: it takes milliseconds to compile, once, and copies its arguments in and its result out
 * at each call, where JavaScript takes a millisecond for five million operations at best.
 */
const worthwhile = 2 ** 20;

/** The programs that are kept. */
const mostPrograms = 64;

const programs = new Map<string, Program>();

/** Lets ops that are executed eagerly use the kernels of compiled programs, from the size at which they pay. */
export function accelerateEagerOps(): void {
  setAccelerator(accelerate);
}

const accelerate: Accelerator = (op, attrs, inputs, { shape, dtype }) => {
  if (dtype === "float64") return undefined;
  const arguments_ = inputs.map(
    (x, index): InputNode => ({ kind: "input", id: index, index, shape: x.shape, dtype: x.dtype }),
  );
  const node: OpNode = { kind: "op", id: inputs.length, op, attrs, inputs: arguments_, shape, dtype };
  const lowering = loweringOf(node);
  if (!lowering || lowering.flops(node) < worthwhile) return undefined;
  const program = programFor(node, arguments_);
  return program?.run(inputs)[0];
};

function programFor(node: OpNode, inputs: readonly InputNode[]): Program | undefined {
  const engine = currentEngine();
  if (!engine) return undefined;
  const types = [node, ...inputs].map(({ dtype, shape }) => `${dtype}[${shape}]`).join(" ");
  const key = `${engine.name} ${identity(node.op)}${writeAttributes(node.op.name, node.attrs)} ${types}`;
  let program = programs.get(key);
  if (!program) {
    const graph: Graph = { nodes: [...inputs, node], inputs, outputs: [node], filled: new Map(), assignments: [] };
    program = buildProgram(graph, engine).program;
  }
  keepRecent(programs, key, program, mostPrograms);
  return program;
}
