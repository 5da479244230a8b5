import {
  concatOp,
  flipOp,
  type PadWidths,
  padOp,
  permuteOp,
  type SliceAttrs,
  sizeOf,
  sliceGradOp,
  sliceOp,
  stridesOf,
} from "@pointwise/tensor";
import { fill, type StridedCopySpec, stridedCopy } from "@pointwise/wasm";
import type { Node, OpNode } from "../trace/graph.ts";
import type { KernelLowering } from "./lowering.ts";

type Block = Omit<StridedCopySpec, "bytes">;

/** Whether values are 32 bits or bools, and there are any. */
const isCopied = (node: OpNode): boolean =>
  [node, ...node.inputs].every((x) => x.dtype !== "float64" && sizeOf(x.shape) > 0);

const bytesOf = ({ dtype }: Node): 1 | 4 => (dtype === "bool" ? 1 : 4);

const startOf = (starts: readonly number[], strides: readonly number[]): number =>
  starts.reduce((sum, start, i) => sum + start * strides[i]!, 0);

/** An op that moves values. @param background what the output is filled with before, if the blocks do not cover it */
function copyOf(blocks: (node: OpNode) => readonly Block[], background?: (node: OpNode) => number): KernelLowering {
  return {
    accepts: isCopied,
    flops: () => 0,
    kernel: (context, node) => ({
      scratch: {},
      each: (f, { inputs, output }) => {
        const { dtype: type, shape } = node;
        if (type === "float64") throw new Error(`compile: ${node.op.name} got float64.`);
        if (background) fill(context, f, { type, count: sizeOf(shape), value: background(node) }, output);
        blocks(node).forEach((block, i) => {
          stridedCopy(context, f, { ...block, bytes: bytesOf(node) }, { from: inputs[i]!, to: output });
        });
      },
    }),
  };
}

// Each function below reads the attributes of its own op.

const permuted = copyOf((node) => {
  const { dims } = node.attrs as { dims: readonly number[] };
  const strides = stridesOf(node.inputs[0]!.shape);
  return [
    {
      sizes: node.shape,
      fromOffset: 0,
      fromStrides: dims.map((d) => strides[d]!),
      toOffset: 0,
      toStrides: stridesOf(node.shape),
    },
  ];
});

const flipped = copyOf((node) => {
  const { dims } = node.attrs as { dims: readonly number[] };
  const strides = stridesOf(node.shape);
  return [
    {
      sizes: node.shape,
      fromOffset: dims.reduce((sum, d) => sum + (node.shape[d]! - 1) * strides[d]!, 0),
      fromStrides: strides.map((s, i) => (dims.includes(i) ? -s : s)),
      toOffset: 0,
      toStrides: strides,
    },
  ];
});

const sliced = copyOf((node) => {
  const { starts, steps } = node.attrs as SliceAttrs;
  const strides = stridesOf(node.inputs[0]!.shape);
  return [
    {
      sizes: node.shape,
      fromOffset: startOf(starts, strides),
      fromStrides: steps.map((step, i) => step * strides[i]!),
      toOffset: 0,
      toStrides: stridesOf(node.shape),
    },
  ];
});

const unsliced = copyOf(
  (node) => {
    const { starts, steps } = node.attrs as SliceAttrs;
    const strides = stridesOf(node.shape);
    const { shape } = node.inputs[0]!;
    return [
      {
        sizes: shape,
        fromOffset: 0,
        fromStrides: stridesOf(shape),
        toOffset: startOf(starts, strides),
        toStrides: steps.map((step, i) => step * strides[i]!),
      },
    ];
  },
  () => 0,
);

const padded = copyOf(
  (node) => {
    const { widths } = node.attrs as { widths: PadWidths };
    const strides = stridesOf(node.shape);
    const { shape } = node.inputs[0]!;
    return [
      {
        sizes: shape,
        fromOffset: 0,
        fromStrides: stridesOf(shape),
        toOffset: startOf(
          widths.map(([before]) => before),
          strides,
        ),
        toStrides: strides,
      },
    ];
  },
  (node) => {
    const { value } = node.attrs as { value: number };
    return node.dtype === "bool" ? +(value !== 0) : value;
  },
);

const joined = copyOf((node) => {
  const { dim } = node.attrs as { dim: number };
  const strides = stridesOf(node.shape);
  let start = 0;
  return node.inputs.map(({ shape }) => {
    const toOffset = start * strides[dim]!;
    start += shape[dim]!;
    return { sizes: shape, fromOffset: 0, fromStrides: stridesOf(shape), toOffset, toStrides: strides };
  });
});

export const copyLowerings: readonly (readonly [unknown, KernelLowering])[] = [
  [permuteOp, permuted],
  [flipOp, flipped],
  [sliceOp, sliced],
  [sliceGradOp, unsliced],
  [padOp, padded],
  [concatOp, joined],
];
