import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Engine } from "../../engine/engine.ts";
import { type Address, absolute, pointer } from "../address.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { roundUp } from "../round-up.ts";
import { splitEvenly } from "../split-evenly.ts";
import { asRow, isColumn } from "./as-row.ts";
import { blockKernel, type Strategy } from "./block-kernel.ts";
import { multiplyByPanels, packPanels } from "./panels.ts";

/** C [m, n] = A·B or C += A·B, all row-major; A is [m, k], or [k, m] if transposed, B is [k, n], or [n, k] if transposed. */
export interface GemmSpec {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** From one row of the matrix as it lies in memory to the next, in elements. */
  readonly lda: number;
  readonly ldb: number;
  readonly ldc: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly accumulate: boolean;
  /** Not together with `accumulate`. */
  readonly epilogue?: Epilogue | undefined;
}

export interface GemmAddresses {
  readonly a: Address;
  readonly b: Address;
  readonly c: Address;
  /** The epilogue's operand of C's size. */
  readonly full?: Address | undefined;
  /** `gemmScratch` bytes of working memory. */
  readonly scratch: number;
}

/** The depth of one pass, so that a panel of B stays in the first-level cache, and rows of A in one, so that they stay in the second. */
const mostDepth = 1024;
const mostRows = 240;
/** Of a panel that is packed, used for all rows, and then overwritten by the next: no more than the first-level cache holds. */
const mostBytesOfPanel = 2 ** 15;
/** Rows of B further apart than this are copied together: each would be on a memory page of its own. */
const farApart = 2048;

function strategyFor({ m, n, k, ldb, transposeA, transposeB, accumulate }: GemmSpec): Strategy {
  if (!transposeB) return 4 * ldb >= farApart && m >= 24 && k >= 128 ? "packed" : "in place";
  if (!transposeA && !accumulate && k >= 8 && (m <= 4 || n <= 12)) return "dot";
  return k * Math.ceil(n / 4) <= 32 && m <= 16 ? "gather" : "packed";
}

/** Whether there is one panel of B at a time: where all rows of A are one block, each is used just once. */
const isPanelwise = ({ m }: GemmSpec, strategy: Strategy) => strategy === "packed" && m <= mostRows;

function passesOver({ tileColumns }: Engine, spec: GemmSpec, strategy: Strategy) {
  if (strategy !== "packed") return splitEvenly(spec.k, spec.k);
  return splitEvenly(spec.k, isPanelwise(spec, strategy) ? mostBytesOfPanel / (4 * tileColumns) : mostDepth);
}

/** Bytes of working memory that the product needs: for packed panels of B. */
export function gemmScratch(engine: Engine, product: GemmSpec): number {
  const spec = isColumn(product) ? asRow({ ...product, epilogue: undefined }) : product;
  const strategy = strategyFor(spec);
  if (strategy !== "packed") return 0;
  const { tileColumns } = engine;
  const depth = passesOver(engine, spec, strategy)[0]!.size;
  const columns = isPanelwise(spec, strategy) ? tileColumns : roundUp(spec.n, tileColumns);
  return (columns * depth + 3 * tileColumns) * 4;
}

/** Writes the product into `f`. */
export function gemm(context: KernelContext, f: FunctionBuilder, spec: GemmSpec, at: GemmAddresses): void {
  if (isColumn(spec)) {
    gemm(context, f, asRow(spec), { ...at, a: at.b, b: at.a });
    return;
  }
  const { i32, get, set } = f;
  const strategy = strategyFor(spec);
  const [a, b, c] = [pointer(f, at.a), pointer(f, at.b), pointer(f, at.c)];
  const delta = f.local("i32");
  if (at.full) set(delta, i32.sub(absolute(f, at.full), get(c)));
  let done = 0;
  for (const k of sizes(passesOver(context.engine, spec, strategy))) {
    const pass = {
      ...spec,
      k,
      accumulate: spec.accumulate || done > 0,
      epilogue: done + k === spec.k ? spec.epilogue : undefined,
    };
    if (isPanelwise(spec, strategy)) multiplyByPanels(context, f, pass, { a, b, c, delta }, at.scratch);
    else {
      if (strategy === "packed") packPanels(context, f, pass, b, at.scratch);
      let row = 0;
      for (const m of sizes(splitEvenly(spec.m, mostRows))) {
        f.call(
          blockKernel(context, { ...pass, m }, strategy),
          i32.add(get(a), i32.const(row * 4 * (spec.transposeA ? 1 : spec.lda))),
          strategy === "packed" ? i32.const(at.scratch) : get(b),
          i32.add(get(c), i32.const(row * 4 * spec.ldc)),
          i32.const(0),
          i32.const(4 * row),
          get(delta),
        );
        row += m;
      }
    }
    f.increment(a, k * 4 * (spec.transposeA ? spec.lda : 1));
    f.increment(b, k * 4 * (spec.transposeB ? 1 : spec.ldb));
    done += k;
  }
}

const sizes = (parts: ReturnType<typeof splitEvenly>): number[] =>
  parts.flatMap(({ size, count }) => new Array<number>(count).fill(size));
