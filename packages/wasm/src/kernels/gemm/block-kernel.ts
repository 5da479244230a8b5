import type { Callable } from "../../assembler/function-builder.ts";
import type { KernelContext } from "../kernel-context.ts";
import { splitEvenly } from "../split-evenly.ts";
import { dotKernel } from "./dot-kernel.ts";
import { epilogueKernel } from "./epilogue-kernel.ts";
import type { GemmSpec } from "./gemm.ts";
import { type MicroKernelSpec, microKernel } from "./micro-kernel.ts";
import { tileParameters } from "./tile-parameters.ts";

/**
 * How B is read: where it lies; packed into panels before; element by element, where it is transposed and tiny; or along the depth, where
 * it is transposed and the product is narrow.
 */
export type Strategy = "in place" | "packed" | "gather" | "dot";

type Tiles = Callable<typeof tileParameters.params>;

/** All tiles of rows of A that fit the cache: each panel of B is used for all rows before the next. */
export function blockKernel(context: KernelContext, spec: GemmSpec, strategy: Strategy): Tiles {
  const { m, n, k, lda, ldb, ldc, transposeA, transposeB, accumulate, epilogue } = spec;
  const { bareTiles } = context.engine;
  const width = strategy === "dot" ? 4 : context.engine.tileColumns;
  if (n <= width) {
    const parts = splitEvenly(m, rowsOfTile(context, m, n, strategy));
    const { size: rows, count: tiles } = parts[0]!;
    const isOneCall = parts.length === 1 && (!bareTiles || (tiles === 1 && !epilogue));
    if (isOneCall) return tilesKernel(context, spec, strategy, { tiles, rows, columns: n });
  }
  const key = `block ${[strategy, m, n, k, lda, ldb, ldc, transposeA, transposeB, accumulate, epilogue?.key]}`;
  return context.function(key, () => {
    const f = context.module.function(key, tileParameters);
    const { get, set } = f;
    const [a, b, c, columnOffset, rowOffset, delta] = f.args;
    const current = { a: f.local("i32"), c: f.local("i32"), rowOffset: f.local("i32") };
    const panel = (columns: number) => {
      set(current.a, get(a));
      set(current.c, get(c));
      set(current.rowOffset, get(rowOffset));
      for (const { size, count } of splitEvenly(m, rowsOfTile(context, m, columns, strategy))) {
        const [tiles, calls] = bareTiles ? [1, count] : [count, 1];
        const kernel = tilesKernel(context, spec, strategy, { tiles, rows: size, columns });
        f.repeat(calls, () => {
          f.call(kernel, get(current.a), get(b), get(current.c), get(columnOffset), get(current.rowOffset), get(delta));
          f.increment(current.a, tiles * size * 4 * (transposeA ? 1 : lda));
          f.increment(current.c, tiles * size * 4 * ldc);
          f.increment(current.rowOffset, tiles * size * 4);
        });
      }
      if (epilogue && bareTiles) {
        const finish = epilogueKernel(context, { rows: m, columns, strideC: 4 * ldc, epilogue });
        f.call(finish, get(a), get(b), get(c), get(columnOffset), get(rowOffset), get(delta));
      }
      f.increment(b, strategy === "packed" ? k * width * 4 : width * 4 * (transposeB ? ldb : 1));
      f.increment(c, width * 4);
      f.increment(columnOffset, width * 4);
    };
    f.repeat(Math.floor(n / width), () => panel(width));
    if (n % width > 0) panel(n % width);
    return f;
  });
}

function rowsOfTile({ engine }: KernelContext, m: number, columns: number, strategy: Strategy): number {
  // Three rows at a time only where that leaves no rest: a second kernel would take longer to write than it saves.
  if (strategy === "dot") return columns <= 3 && m % 3 === 0 ? 3 : 2;
  return engine.tileRows[Math.ceil(columns / 4)]!;
}

function tilesKernel(
  context: KernelContext,
  spec: GemmSpec,
  strategy: Strategy,
  shape: Pick<MicroKernelSpec, "tiles" | "rows" | "columns">,
): Tiles {
  const { k: depth, lda, ldb, ldc, transposeA, accumulate, epilogue } = spec;
  const inTile = context.engine.bareTiles ? undefined : epilogue;
  const common = { ...shape, depth, strideA: 4 * lda, strideC: 4 * ldc, epilogue: inTile };
  if (strategy === "dot") return dotKernel(context, { ...common, strideB: 4 * ldb });
  const rows = { ...common, transposeA, accumulate };
  if (strategy === "gather") return microKernel(context, { ...rows, strideB: 0, gatherB: 4 * ldb });
  const strideB = strategy === "packed" ? 4 * context.engine.tileColumns : 4 * ldb;
  return microKernel(context, { ...rows, strideB });
}
