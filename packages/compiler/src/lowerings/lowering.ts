import { sizeOf } from "@pointwise/tensor";
import type { Address, BatchKernel, Epilogue, KernelContext } from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";

/** Which dimensions of an output are the rows and which the columns of the matrix that an epilogue sees. */
export interface OutputMatrix {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Where a kernel finds its arrays; those of a batch at the current picture. */
export interface Places {
  readonly inputs: readonly Address[];
  readonly output: Address;
  /** Of the op that is computed along. */
  readonly mate: Address | undefined;
  /** The epilogue's operand of the output's size. */
  readonly full: Address | undefined;
}

export interface LoweringOptions {
  readonly epilogue: Epilogue | undefined;
  readonly mate: OpNode | undefined;
  /** Registers a check: the number that a kernel passes to `refuseIndex` when an index in this input is not below `size`. */
  indexCheck(input: number, size: number, what?: "index" | "label"): number;
}

/** How an op becomes a kernel. */
export interface KernelLowering {
  /** Whether the kernel covers these sizes and types; if not, the op's reference runs. */
  accepts(node: OpNode): boolean;
  /** For a kernel that takes one picture at a time: how many there are. */
  pictures?(node: OpNode): number;
  /** Whether it reads this input one picture at a time. All, unless said. */
  isPerPicture?(input: number): boolean;
  /** Whether the output is complete only after all pictures. */
  readonly accumulates?: boolean;
  /** Present where elementwise work can be done on results before they are stored. */
  outputMatrix?(node: OpNode): OutputMatrix | undefined;
  /** Whether the kernel of `main` computes `other` along. */
  isMate?(main: OpNode, other: OpNode): boolean;
  kernel(context: KernelContext, node: OpNode, options: LoweringOptions): BatchKernel<Places>;
  /** Floating-point operations of a call, for `explain`. */
  flops(node: OpNode): number;
}

/** A family of kernels, by the names that ops ask for them by. */
export type Kernels = Readonly<Record<string, KernelLowering>>;

/** Whether no array is empty. */
export const isNonEmpty = (node: OpNode): boolean => [node, ...node.inputs].every((x) => sizeOf(x.shape) > 0);

/** Whether all arrays are float32 and none is empty. */
export const isNonEmptyFloat32 = (node: OpNode): boolean =>
  isNonEmpty(node) && [node, ...node.inputs].every((x) => x.dtype === "float32");

/** Maps [N, C, H, W]: rows are channels, columns the pixels of one. */
export const mapsAsMatrix = (): OutputMatrix => ({ rows: [1], columns: [2, 3] });
