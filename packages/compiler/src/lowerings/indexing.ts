import { sizeOf } from "@pointwise/tensor";
import { argExtreme, cumsum, gather, indexAdd, indexSelect, scatterAdd } from "@pointwise/wasm";
import type { Node, OpNode } from "../trace/graph.ts";
import { elementBytes, elementType, sumType } from "./element-type.ts";
import { dimOf, linesAlong } from "./lines.ts";
import { isNonEmpty, type KernelLowering, type Kernels, type LoweringOptions } from "./lowering.ts";

const isMoved = (node: OpNode): boolean => isNonEmpty(node) && node.dtype !== "float64";
const isAdded = (node: OpNode): boolean => isNonEmpty(node) && isNumeric(node);
const isNumeric = ({ dtype }: Node): boolean => dtype === "float32" || dtype === "int32";

/** An op with one kernel, run in one go. */
/* @__NO_SIDE_EFFECTS__ */
function inOneGo(
  accepts: KernelLowering["accepts"],
  flops: KernelLowering["flops"],
  write: (...args: [...Parameters<KernelLowering["kernel"]>, ...Parameters<Each>]) => void,
): KernelLowering {
  return {
    accepts,
    flops,
    kernel: (context, node, options) => ({
      scratch: {},
      each: (f, at) => write(context, node, options, f, at),
    }),
  };
}

type Each = ReturnType<KernelLowering["kernel"]>["each"];

const nothing = () => 0;
const perElement = ({ inputs }: OpNode): number => sizeOf(inputs[0]!.shape);

/** How indices of any shape address values. */
function gatherSpec(node: OpNode, { indexCheck }: LoweringOptions) {
  const [{ shape }, { shape: indexShape }] = node.inputs as readonly [Node, Node];
  const dim = dimOf(node);
  return { shape, indexShape, dim, checkId: indexCheck(1, shape[dim]!) };
}

/** How indices in a row address entries of a dimension. */
function selectSpec(node: OpNode, { indexCheck }: LoweringOptions) {
  const [{ shape }, { shape: indexShape }] = node.inputs as readonly [Node, Node];
  const { outer, width: size, inner: run } = linesAlong(shape, dimOf(node));
  return { outer, size, run, count: sizeOf(indexShape), checkId: indexCheck(1, size) };
}

const perAddition = ({ inputs }: OpNode): number => sizeOf(inputs[2]!.shape);

const gathered = inOneGo(isMoved, nothing, (context, node, options, f, { inputs: [x, index], output }) => {
  const spec = { ...gatherSpec(node, options), bytes: elementBytes(node) };
  gather(context, f, spec, { x: x!, index: index!, out: output });
});

const scattered = inOneGo(isAdded, perAddition, (context, node, options, f, { inputs: [x, index, source], output }) => {
  const spec = { ...gatherSpec(node, options), type: sumType(node) };
  scatterAdd(context, f, spec, { x: x!, index: index!, source: source!, out: output });
});

const selected = inOneGo(isMoved, nothing, (context, node, options, f, { inputs: [x, index], output }) => {
  const spec = { ...selectSpec(node, options), bytes: elementBytes(node) };
  indexSelect(context, f, spec, { x: x!, index: index!, out: output });
});

const addedAt = inOneGo(isAdded, perAddition, (context, node, options, f, { inputs: [x, index, source], output }) => {
  const spec = { ...selectSpec(node, options), type: sumType(node) };
  indexAdd(context, f, spec, { x: x!, index: index!, source: source!, out: output });
});

/* @__NO_SIDE_EFFECTS__ */
const extreme = (which: "largest" | "smallest") =>
  inOneGo(
    (node) => isNonEmpty(node) && isNumeric(node.inputs[0]!),
    perElement,
    (context, node, _, f, { inputs: [x], output }) => {
      const { shape } = node.inputs[0]!;
      const spec = { extreme: which, type: sumType(node.inputs[0]!), ...linesAlong(shape, dimOf(node)) };
      argExtreme(context, f, spec, { x: x!, y: output });
    },
  );

const summed = inOneGo(isMoved, perElement, (context, node, _, f, { inputs: [x], output }) => {
  const source = node.inputs[0]!;
  const spec = { type: elementType(source), ...linesAlong(source.shape, dimOf(node)) };
  cumsum(context, f, spec, { x: x!, y: output });
});

/** Kernels that find values by their places. */
export const indexKernels: Kernels = {
  gather: gathered,
  scatterAdd: scattered,
  indexSelect: selected,
  indexAdd: addedAt,
  argmax: extreme("largest"),
  argmin: extreme("smallest"),
  cumsum: summed,
};
