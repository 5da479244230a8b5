import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type Block, mergeDims } from "../merge-dims.ts";
import { nestedLoops } from "../nested-loops.ts";
import { copyRun } from "./copy-run.ts";
import type { StridedCopySpec } from "./copy-spec.ts";
import { copyStrided } from "./copy-strided.ts";
import { copyTransposed, transposable } from "./copy-transposed.ts";

const type = { params: ["i32", "i32"] } as const; // from, to: the first value of each

/** Runs, transposes, or value by value, whatever the strides allow. */
export function stridedCopy(
  context: KernelContext,
  f: FunctionBuilder,
  spec: StridedCopySpec,
  at: { readonly from: Address; readonly to: Address },
): void {
  if (spec.sizes.includes(0)) return;
  const { bytes } = spec;
  const block = mergeDims(inOrderOfWriting(spec));
  const key = `stridedCopy ${JSON.stringify([block, bytes])}`;
  const kernel = context.function(key, () => {
    const f = context.module.function(key, type);
    writeCopy(context, f, block, bytes);
    return f;
  });
  const first = ({ base, offset }: Address, values: number) => absolute(f, { base, offset: offset + values * bytes });
  f.call(kernel, first(at.from, spec.fromOffset), first(at.to, spec.toOffset));
}

/** The dimensions in the order in which they lie in the target: so writes follow each other, and most dimensions merge. */
function inOrderOfWriting({ sizes, fromStrides, toStrides }: StridedCopySpec): Block {
  const order = sizes.map((_, dim) => dim).sort((a, b) => Math.abs(toStrides[b]!) - Math.abs(toStrides[a]!));
  const inOrder = (numbers: readonly number[]) => order.map((dim) => numbers[dim]!);
  return { sizes: inOrder(sizes), strides: [inOrder(fromStrides), inOrder(toStrides)] };
}

function writeCopy(
  context: KernelContext,
  f: FunctionBuilder<typeof type.params>,
  { sizes, strides: [fromStrides, toStrides] }: Block,
  bytes: 1 | 4,
): void {
  const [from, to] = f.args;
  const last = sizes.length - 1;
  const line = {
    count: sizes[last] ?? 1,
    fromStride: fromStrides![last] ?? 1,
    toStride: toStrides![last] ?? 1,
    bytes,
    from,
    to,
  };
  const partner = transposable(sizes, fromStrides!, toStrides!, bytes);
  const inner = partner === undefined ? [last] : [partner, last];
  const outer = (numbers: readonly number[]) => numbers.filter((_, dim) => !inner.includes(dim));
  const walkers = [
    { address: from, strides: outer(fromStrides!).map((stride) => stride * bytes) },
    { address: to, strides: outer(toStrides!).map((stride) => stride * bytes) },
  ];
  nestedLoops(f, outer(sizes), walkers, () => {
    if (partner !== undefined) {
      copyTransposed(f, {
        ...{ from, to },
        rows: sizes[last]!,
        columns: sizes[partner]!,
        fromStride: 4 * fromStrides![last]!,
        toStride: 4 * toStrides![partner]!,
      });
    } else if (line.fromStride === 1 && line.toStride === 1) copyRun(context, f, line);
    else copyStrided(context, f, line);
  });
}
