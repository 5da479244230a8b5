import type { Callable } from "../../assembler/function-builder.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";

const type = {
  params: [
    "i32", // packed weights [depth, rows]
    "i32", // the table of the depth: how far each weight's pixels lie beyond the base, in bytes
    "i32", // the table's end
    "i32", // the base: the first window's place
    "i32", // the product
    "i32", // from one row of the product to the next, in bytes
  ],
} as const;

/**
 * A tile of weights times windows, whose matrix is never built: the pixels that weight k meets in so many neighbouring windows lie side by
 * side at base + table[k]. One function serves all sizes.
 */
export function windowKernel(context: KernelContext, rows: number, vectors: number): Callable<typeof type.params> {
  const key = `windows ${[rows, vectors]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128 } = f;
    const [weights, table, end, base, product, rowStride] = f.args;
    const sums = Array.from({ length: rows }, () => f.localArray("v128", vectors));
    const pixels = f.localArray("v128", vectors);
    const weight = f.local("v128");
    const place = f.local("i32");
    f.whileBelow(table, end, () => {
      set(place, i32.add(get(base), i32.load(get(table))));
      pixels.forEach((vector, j) => {
        set(vector, v128.load(get(place), 16 * j));
      });
      sums.forEach((row, i) => {
        set(weight, v128.load32Splat(get(weights), 4 * i));
        row.forEach((sum, j) => {
          multiplyAdd(context, f, sum, weight, pixels[j]!);
        });
      });
      f.increment(table, 4);
      f.increment(weights, 4 * rows);
    });
    sums.forEach((row, i) => {
      if (i > 0) set(product, i32.add(get(product), get(rowStride)));
      row.forEach((sum, j) => {
        v128.store(get(product), get(sum), 16 * j);
      });
    });
    return f;
  });
}
