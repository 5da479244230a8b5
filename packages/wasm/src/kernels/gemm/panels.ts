import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { I32, Local } from "../../assembler/value-types.ts";
import type { KernelContext } from "../kernel-context.ts";
import { blockKernel } from "./block-kernel.ts";
import type { GemmSpec } from "./gemm.ts";
import { packColumns, packTransposed } from "./pack.ts";

/** Writes a loop over the panels of B: what packs one, whose first column lies at `from`, to where `to` says, and then `use`. */
function eachPanel(
  context: KernelContext,
  f: FunctionBuilder,
  { n, k, ldb, transposeB }: GemmSpec,
  from: Local<"i32">,
  to: () => I32,
  use: (columns: number) => void,
): void {
  const width = context.engine.tileColumns;
  const stride = 4 * ldb;
  const panel = (columns: number) => {
    const pack = transposeB
      ? packTransposed(context, { rows: columns, width, depth: k, stride })
      : packColumns(context, { width, depth: k, stride });
    f.call(pack, f.get(from), to());
    use(columns);
    f.increment(from, width * (transposeB ? stride : 4));
  };
  f.repeat(Math.floor(n / width), () => panel(width));
  if (n % width > 0) panel(n % width);
}

/** Copies the part of B that a pass reads into panels of the tile's width, in the order in which tiles read them. */
export function packPanels(
  context: KernelContext,
  f: FunctionBuilder,
  spec: GemmSpec,
  b: Local<"i32">,
  scratch: number,
): void {
  const { i32, get, set } = f;
  const [from, to] = [f.local("i32"), f.local("i32")];
  set(from, get(b));
  set(to, i32.const(scratch));
  eachPanel(
    context,
    f,
    spec,
    from,
    () => get(to),
    () => f.increment(to, spec.k * context.engine.tileColumns * 4),
  );
}

/** Multiplies by each panel of B as soon as it is packed, while it is in the cache, where the next one takes its place. */
export function multiplyByPanels(
  context: KernelContext,
  f: FunctionBuilder,
  spec: GemmSpec,
  { a, b, c, delta }: Readonly<Record<"a" | "b" | "c" | "delta", Local<"i32">>>,
  scratch: number,
): void {
  const { i32, get, set } = f;
  const [from, columnOffset] = [f.local("i32"), f.local("i32")];
  set(from, get(b));
  set(columnOffset, i32.const(0));
  const panel = () => i32.const(scratch);
  eachPanel(context, f, spec, from, panel, (columns) => {
    const kernel = blockKernel(context, { ...spec, n: columns }, "packed");
    f.call(kernel, get(a), panel(), i32.add(get(c), get(columnOffset)), get(columnOffset), i32.const(0), get(delta));
    f.increment(columnOffset, context.engine.tileColumns * 4);
  });
}
