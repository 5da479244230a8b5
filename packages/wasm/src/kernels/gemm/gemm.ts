import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { Engine } from "../../engine/engine.ts";
import { type Address, absolute, pointer } from "../address.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { roundUp } from "../round-up.ts";
import { splitEvenly } from "../split-evenly.ts";
import { blockKernel, type Strategy } from "./block-kernel.ts";
import { packColumns, packTransposed } from "./pack.ts";

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
/** Rows of B further apart than this are copied together: each would be on a memory page of its own. */
const farApart = 2048;

function strategyFor({ m, n, k, ldb, transposeA, transposeB, accumulate }: GemmSpec): Strategy {
  if (!transposeB) return 4 * ldb >= farApart && m >= 24 && k >= 128 ? "packed" : "in place";
  if (!transposeA && !accumulate && k >= 8 && (m <= 4 || n <= 12)) return "dot";
  return k * Math.ceil(n / 4) <= 32 && m <= 16 ? "gather" : "packed";
}

const passesOver = (k: number, strategy: Strategy) => splitEvenly(k, strategy === "packed" ? mostDepth : k);

/** Bytes of working memory that the product needs: for packed panels of B. */
export function gemmScratch({ tileColumns }: Engine, product: GemmSpec): number {
  const spec = isColumn(product) ? asRow({ ...product, epilogue: undefined }) : product;
  const strategy = strategyFor(spec);
  if (strategy !== "packed") return 0;
  const depth = passesOver(spec.k, strategy)[0]!.size;
  return (roundUp(spec.n, tileColumns) * depth + 3 * tileColumns) * 4;
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
  for (const k of sizes(passesOver(spec.k, strategy))) {
    const pass = {
      ...spec,
      k,
      accumulate: spec.accumulate || done > 0,
      epilogue: done + k === spec.k ? spec.epilogue : undefined,
    };
    if (strategy === "packed") packB(context, f, pass, b, at.scratch);
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
    f.increment(a, k * 4 * (spec.transposeA ? spec.lda : 1));
    f.increment(b, k * 4 * (spec.transposeB ? 1 : spec.ldb));
    done += k;
  }
}

const sizes = (parts: ReturnType<typeof splitEvenly>): number[] =>
  parts.flatMap(({ size, count }) => new Array<number>(count).fill(size));

/** Copies the part of B that a pass reads into panels of the tile's width, in the order in which tiles read them. */
function packB(context: KernelContext, f: FunctionBuilder, spec: GemmSpec, b: Local<"i32">, scratch: number): void {
  const { i32, get, set } = f;
  const { n, k, transposeB } = spec;
  const width = context.engine.tileColumns;
  const stride = 4 * spec.ldb;
  const [from, to] = [f.local("i32"), f.local("i32")];
  set(from, get(b));
  set(to, i32.const(scratch));
  const panel = (rows: number) => {
    const pack = transposeB
      ? packTransposed(context, { rows, width, depth: k, stride })
      : packColumns(context, { width, depth: k, stride });
    f.call(pack, get(from), get(to));
    f.increment(from, width * (transposeB ? stride : 4));
    f.increment(to, k * width * 4);
  };
  f.repeat(Math.floor(n / width), () => panel(width));
  if (n % width > 0) panel(n % width);
}

/** Whether C is one column, which as a row fills vectors, and A is read well as it lies: packing it for one row would not pay. */
const isColumn = ({ m, n, k, ldb, ldc, transposeA, transposeB, accumulate }: GemmSpec): boolean =>
  n === 1 && m > 1 && ldc === 1 && !accumulate && (transposeA || (k >= 8 && (transposeB || ldb === 1)));

/** Cᵀ = Bᵀ·Aᵀ. */
function asRow(spec: GemmSpec): GemmSpec {
  const { m, lda, ldb, transposeA, transposeB, epilogue } = spec;
  const turned = { row: "column", column: "row", full: "full", scalar: "scalar" } as const;
  return {
    ...{ ...spec, m: 1, n: m, lda: ldb, ldb: lda, ldc: m },
    ...{ transposeA: !transposeB && ldb > 1, transposeB: !transposeA },
    epilogue: epilogue && {
      key: `${epilogue.key} as a row`,
      operands: epilogue.operands.map((x) => ({ extent: turned[x.extent], address: x.address })),
      apply: (k, result, operands) => epilogue.apply(k, result, operands),
    },
  };
}
