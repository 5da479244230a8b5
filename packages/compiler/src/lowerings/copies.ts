import { type PadWidths, type SliceAttrs, sizeOf, stridesOf } from "@pointwise/tensor";
import { fill, type StridedCopySpec, stridedCopy } from "@pointwise/wasm";
import type { Node, OpNode } from "../trace/graph.ts";
import { elementBytes, elementType } from "./element-type.ts";
import { dimOf } from "./lines.ts";
import { isNonEmpty, type KernelLowering, type Kernels } from "./lowering.ts";

type Block = Omit<StridedCopySpec, "bytes">;

/** Whether values are 32 bits or bools, and there are any. */
const isCopied = (node: OpNode): boolean =>
  isNonEmpty(node) && [node, ...node.inputs].every((x) => x.dtype !== "float64");

const startOf = (starts: readonly number[], strides: readonly number[]): number =>
  starts.reduce((sum, start, i) => sum + start * strides[i]!, 0);

/** Reads with these strides what is written one after the other. */
const read = (node: Node, fromOffset: number, fromStrides: readonly number[]): Block => ({
  sizes: node.shape,
  fromOffset,
  fromStrides,
  toOffset: 0,
  toStrides: stridesOf(node.shape),
});

/** Writes with these strides what is read one after the other. */
const written = (input: Node, toOffset: number, toStrides: readonly number[]): Block => ({
  sizes: input.shape,
  fromOffset: 0,
  fromStrides: stridesOf(input.shape),
  toOffset,
  toStrides,
});

/** An op that moves values. @param background what the output is filled with before, if the blocks do not cover it */
/* @__NO_SIDE_EFFECTS__ */
function copyOf(blocks: (node: OpNode) => readonly Block[], background?: (node: OpNode) => number): KernelLowering {
  return {
    accepts: isCopied,
    flops: () => 0,
    kernel: (context, node) => ({
      scratch: {},
      each: (f, { inputs, output }) => {
        const filling = background && { type: elementType(node), count: sizeOf(node.shape), value: background(node) };
        if (filling) fill(context, f, filling, output);
        blocks(node).forEach((block, i) => {
          stridedCopy(context, f, { ...block, bytes: elementBytes(node) }, { from: inputs[i]!, to: output });
        });
      },
    }),
  };
}

// Each function below reads the attributes of its own op.

const permuted = copyOf((node) => {
  const { dims } = node.attrs as { dims: readonly number[] };
  const strides = stridesOf(node.inputs[0]!.shape);
  const fromStrides = dims.map((d) => strides[d]!);
  return [read(node, 0, fromStrides)];
});

const flipped = copyOf((node) => {
  const { dims } = node.attrs as { dims: readonly number[] };
  const strides = stridesOf(node.shape);
  const last = dims.reduce((sum, d) => sum + (node.shape[d]! - 1) * strides[d]!, 0);
  const fromStrides = strides.map((s, i) => (dims.includes(i) ? -s : s));
  return [read(node, last, fromStrides)];
});

const sliced = copyOf((node) => {
  const { starts, steps } = node.attrs as SliceAttrs;
  const strides = stridesOf(node.inputs[0]!.shape);
  const fromStrides = steps.map((step, i) => step * strides[i]!);
  return [read(node, startOf(starts, strides), fromStrides)];
});

const unsliced = copyOf(
  (node) => {
    const { starts, steps } = node.attrs as SliceAttrs;
    const strides = stridesOf(node.shape);
    const toStrides = steps.map((step, i) => step * strides[i]!);
    return [written(node.inputs[0]!, startOf(starts, strides), toStrides)];
  },
  () => 0,
);

const padded = copyOf(
  (node) => {
    const { widths } = node.attrs as { widths: PadWidths };
    const strides = stridesOf(node.shape);
    const before = widths.map(([width]) => width);
    return [written(node.inputs[0]!, startOf(before, strides), strides)];
  },
  (node) => {
    const { value } = node.attrs as { value: number };
    return node.dtype === "bool" ? +(value !== 0) : value;
  },
);

const joined = copyOf((node) => {
  const strides = stridesOf(node.shape);
  const dim = dimOf(node);
  let start = 0;
  return node.inputs.map((input) => {
    const block = written(input, start * strides[dim]!, strides);
    start += input.shape[dim]!;
    return block;
  });
});

/** Kernels that move values. */
export const copyKernels: Kernels = {
  permute: permuted,
  flip: flipped,
  slice: sliced,
  sliceGrad: unsliced,
  pad: padded,
  concat: joined,
};
