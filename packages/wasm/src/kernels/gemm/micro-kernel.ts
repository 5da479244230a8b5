import type { Callable, FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { Epilogue } from "../epilogue.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { forEachTile } from "./for-each-tile.ts";
import { storeTile } from "./store-tile.ts";
import { tileParameters } from "./tile-parameters.ts";

export interface MicroKernelSpec {
  /** Tiles one below the other. */
  readonly tiles: number;
  /** Of a tile. */
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** From one row of A to the next, or, where A is transposed, from one step of the depth to the next; in bytes. */
  readonly strideA: number;
  readonly transposeA: boolean;
  /** From one step of the depth to the next, in bytes. */
  readonly strideB: number;
  /** Where B lies transposed: from one column to the next, in bytes. Columns are then gathered one by one, which pays for tiny products. */
  readonly gatherB?: number;
  readonly strideC: number;
  readonly accumulate: boolean;
  readonly epilogue?: Epilogue | undefined;
}

/** More multiply-adds than this are a loop. */
const mostUnrolled = 64;

/** Tiles of C, each over the whole depth: accumulators stay in registers, A and B are read where they lie. */
export function microKernel(context: KernelContext, spec: MicroKernelSpec): Callable<typeof tileParameters.params> {
  const { tiles, rows, columns, depth, strideA, transposeA, strideB, gatherB, strideC, accumulate, epilogue } = spec;
  const key = `gemm ${[tiles, rows, columns, depth, strideA, transposeA, strideB, gatherB, strideC, accumulate, epilogue?.key]}`;
  return context.function(key, () => {
    const f = context.module.function(key, tileParameters);
    const { get, set, i32, v128 } = f;
    const vectors = Math.ceil(columns / 4);
    const acc = Array.from({ length: rows }, () => f.localArray("v128", vectors));
    const rowOfB = f.localArray("v128", vectors);
    const valueOfA = f.local("v128");
    const stepA = transposeA ? strideA : 4;
    const step = (k: number, a: Local<"i32">, b: Local<"i32">) => {
      rowOfB.forEach((vector, j) => {
        const offset = k * strideB + j * 16;
        if (gatherB === undefined) set(vector, v128.load(get(b), offset));
        else gather(f, vector, b, k * 4, j, columns, gatherB);
      });
      acc.forEach((row, i) => {
        set(valueOfA, v128.load32Splat(get(a), k * stepA + i * (transposeA ? 4 : strideA)));
        row.forEach((sum, j) => {
          multiplyAdd(context, f, sum, valueOfA, rowOfB[j]!);
        });
      });
    };
    const tile = (a: Local<"i32">, b: Local<"i32">) => {
      acc.forEach((row, i) => {
        row.forEach((sum, j) => {
          set(sum, accumulate ? v128.load(get(f.args[2]), i * strideC + j * 16) : v128.zero());
        });
      });
      if (depth * rows * vectors <= mostUnrolled || depth <= 2) for (let k = 0; k < depth; k++) step(k, a, b);
      else {
        const end = f.local("i32");
        set(end, i32.add(get(b), i32.const(depth * (gatherB === undefined ? strideB : 4))));
        f.whileBelow(b, end, () => {
          step(0, a, b);
          f.increment(b, gatherB === undefined ? strideB : 4);
          f.increment(a, stepA);
        });
      }
      storeTile(context, f, acc, { columns, strideC, epilogue });
    };
    const stepTile = { a: rows * (transposeA ? 4 : strideA), c: rows * strideC, rows };
    forEachTile(f, tiles, stepTile, tile);
    return f;
  });
}

function gather(
  { set, get, v128 }: FunctionBuilder,
  vector: Local<"v128">,
  b: Local<"i32">,
  offset: number,
  j: number,
  columns: number,
  stride: number,
): void {
  const lanes = Math.min(4, columns - 4 * j);
  set(vector, v128.load32Zero(get(b), offset + 4 * j * stride));
  for (let lane = 1; lane < lanes; lane++) {
    set(vector, v128.load32Lane(get(b), get(vector), offset + (4 * j + lane) * stride, lane));
  }
}
