import {
  argmaxOp,
  argminOp,
  cumsumOp,
  gatherOp,
  indexAddOp,
  indexSelectOp,
  type Shape,
  scatterAddOp,
  sizeOf,
} from "@pointwise/tensor";
import { argExtreme, cumsum, gather, indexAdd, indexSelect, scatterAdd } from "@pointwise/wasm";
import type { Node, OpNode } from "../trace/graph.ts";
import type { KernelLowering } from "./lowering.ts";

const isNonEmpty = (node: OpNode): boolean => [node, ...node.inputs].every((x) => sizeOf(x.shape) > 0);

const isMoved = (node: OpNode): boolean => isNonEmpty(node) && node.dtype !== "float64";
const isAdded = (node: OpNode): boolean => isNonEmpty(node) && isNumeric(node);
const isNumeric = ({ dtype }: Node): boolean => dtype === "float32" || dtype === "int32";

const bytesOf = ({ dtype }: Node): 1 | 4 => (dtype === "bool" ? 1 : 4);
const numberType = ({ dtype }: Node): "float32" | "int32" => (dtype === "int32" ? "int32" : "float32");

const dimOf = ({ attrs }: OpNode): number => (attrs as { dim: number }).dim; // attributes of all ops here

/** A shape as the dimensions before one, that one, and those behind it. */
function lines(shape: Shape, dim: number) {
  return { outer: sizeOf(shape.slice(0, dim)), width: shape[dim]!, inner: sizeOf(shape.slice(dim + 1)) };
}

/** An op with one kernel, run in one go. */
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

const gathered = inOneGo(isMoved, nothing, (context, node, { indexCheck }, f, { inputs: [x, index], output }) => {
  const [{ shape }, { shape: indexShape }] = node.inputs as readonly [Node, Node];
  const dim = dimOf(node);
  const spec = { shape, indexShape, dim, checkId: indexCheck(1, shape[dim]!), bytes: bytesOf(node) };
  gather(context, f, spec, { x: x!, index: index!, out: output });
});

const scattered = inOneGo(
  isAdded,
  ({ inputs }) => sizeOf(inputs[2]!.shape),
  (context, node, { indexCheck }, f, { inputs: [x, index, source], output }) => {
    const [{ shape }, { shape: indexShape }] = node.inputs as readonly [Node, Node, Node];
    const dim = dimOf(node);
    const spec = { shape, indexShape, dim, checkId: indexCheck(1, shape[dim]!), type: numberType(node) };
    scatterAdd(context, f, spec, { x: x!, index: index!, source: source!, out: output });
  },
);

const selected = inOneGo(isMoved, nothing, (context, node, { indexCheck }, f, { inputs: [x, index], output }) => {
  const [{ shape }, { shape: indexShape }] = node.inputs as readonly [Node, Node];
  const { outer, width: size, inner: run } = lines(shape, dimOf(node));
  const spec = { outer, size, run, count: sizeOf(indexShape), checkId: indexCheck(1, size), bytes: bytesOf(node) };
  indexSelect(context, f, spec, { x: x!, index: index!, out: output });
});

const addedAt = inOneGo(
  isAdded,
  ({ inputs }) => sizeOf(inputs[2]!.shape),
  (context, node, { indexCheck }, f, { inputs: [x, index, source], output }) => {
    const [{ shape }, { shape: indexShape }] = node.inputs as readonly [Node, Node, Node];
    const { outer, width: size, inner: run } = lines(shape, dimOf(node));
    const spec = { outer, size, run, count: sizeOf(indexShape), checkId: indexCheck(1, size), type: numberType(node) };
    indexAdd(context, f, spec, { x: x!, index: index!, source: source!, out: output });
  },
);

const extreme = (which: "largest" | "smallest") =>
  inOneGo(
    (node) => isNonEmpty(node) && isNumeric(node.inputs[0]!),
    perElement,
    (context, node, _, f, { inputs: [x], output }) => {
      const { shape } = node.inputs[0]!;
      const spec = { extreme: which, type: numberType(node.inputs[0]!), ...lines(shape, dimOf(node)) };
      argExtreme(context, f, spec, { x: x!, y: output });
    },
  );

const summed = inOneGo(isMoved, perElement, (context, node, _, f, { inputs: [x], output }) => {
  const { shape, dtype: type } = node.inputs[0]!;
  if (type === "float64") throw new Error("compile: cumsum got float64.");
  cumsum(context, f, { type, ...lines(shape, dimOf(node)) }, { x: x!, y: output });
});

export const indexingLowerings: readonly (readonly [unknown, KernelLowering])[] = [
  [gatherOp, gathered],
  [scatterAddOp, scattered],
  [indexSelectOp, selected],
  [indexAddOp, addedAt],
  [argmaxOp, extreme("largest")],
  [argminOp, extreme("smallest")],
  [cumsumOp, summed],
];
