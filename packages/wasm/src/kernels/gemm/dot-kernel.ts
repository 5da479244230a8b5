import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { laneMask } from "../lane-mask.ts";
import { forEachTile } from "./for-each-tile.ts";
import type { MicroKernelSpec } from "./micro-kernel.ts";
import { storeTile } from "./store-tile.ts";
import { tileParameters } from "./tile-parameters.ts";

type DotKernelSpec = Pick<
  MicroKernelSpec,
  "tiles" | "rows" | "columns" | "depth" | "strideA" | "strideB" | "strideC" | "epilogue"
>;

/**
 * Tiles of A·Bᵀ of up to 4 columns, where both lie along the depth: dot products of 4 lanes each, whose sums are transposed
 * into rows of C at the end. For products that are too narrow to be worth packing.
 */
export function dotKernel(context: KernelContext, spec: DotKernelSpec): Callable<typeof tileParameters.params> {
  const { tiles, rows, columns, depth, strideA, strideB, strideC, epilogue } = spec;
  const key = `dot ${[tiles, rows, columns, depth, strideA, strideB, strideC, epilogue?.key]}`;
  return context.function(key, () => {
    const f = context.module.function(key, tileParameters);
    const { get, set, i32, v128, f32x4 } = f;
    const acc = Array.from({ length: rows }, () => f.localArray("v128", 4));
    const ofA = f.localArray("v128", rows);
    const ofB = f.local("v128");
    const rest = depth % 4;
    const step = (a: Local<"i32">, b: Local<"i32">, masked: boolean) => {
      const load = (local: Local<"i32">, offset: number) =>
        masked ? v128.and(v128.load(get(local), offset), laneMask(f, rest)) : v128.load(get(local), offset);
      ofA.forEach((vector, i) => {
        set(vector, load(a, i * strideA));
      });
      for (let j = 0; j < columns; j++) {
        set(ofB, load(b, j * strideB));
        acc.forEach((row, i) => {
          multiplyAdd(context, f, row[j]!, ofA[i]!, ofB);
        });
      }
      f.increment(a, 16);
      f.increment(b, 16);
    };
    forEachTile(f, tiles, { a: rows * strideA, c: rows * strideC, rows }, (a, b) => {
      for (const sum of acc.flat()) set(sum, v128.zero());
      if (depth >= 8) {
        const end = f.local("i32");
        set(end, i32.add(get(a), i32.const(Math.floor(depth / 4) * 16)));
        f.whileBelow(a, end, () => step(a, b, false));
      } else if (depth >= 4) step(a, b, false);
      if (rest > 0) step(a, b, true);
      const [low, high] = f.localArray("v128", 2);
      const sums = acc.map(([s0, s1, s2, s3]) => {
        const pairs = (x: Local<"v128">, y: Local<"v128">) =>
          f32x4.add(v128.shuffle(get(x), get(y), [0, 4, 1, 5]), v128.shuffle(get(x), get(y), [2, 6, 3, 7]));
        set(low!, pairs(s0!, s1!));
        set(high!, pairs(s2!, s3!));
        set(
          s0!,
          f32x4.add(
            v128.shuffle(get(low!), get(high!), [0, 1, 4, 5]),
            v128.shuffle(get(low!), get(high!), [2, 3, 6, 7]),
          ),
        );
        return [s0!];
      });
      storeTile(context, f, sums, { columns, strideC, epilogue });
    });
    return f;
  });
}
