import type { Callable } from "../../assembler/function-builder.ts";
import type { KernelContext } from "../kernel-context.ts";
import { transposeLanes } from "../transpose-lanes.ts";

const type = { params: ["i32", "i32"] } as const; // from, to

/**
 * Copies `width` neighbouring rows of a matrix, of which `rows` exist, transposed into a panel [depth, width]; the rest is 0. Up to three
 * steps of depth beyond the panel are overwritten.
 * @param stride from one row to the next, in bytes
 */
export function packTransposed(
  context: KernelContext,
  { rows, width, depth, stride }: { rows: number; width: number; depth: number; stride: number },
): Callable<typeof type.params> {
  const key = `packTransposed ${[rows, width, depth, stride]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128 } = f;
    const [from, to] = f.args;
    const x = [f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128")] as const;
    const transpose = (found: number) => {
      x.forEach((vector, i) => {
        set(vector, i < found ? v128.load(get(from), i * stride) : v128.zero());
      });
      transposeLanes(f, x);
      x.forEach((vector, k) => {
        v128.store(get(to), get(vector), k * width * 4);
      });
      f.increment(from, 4 * stride);
      f.increment(to, 16);
    };
    const whole = Math.floor(rows / 4);
    const blocks = width / 4;
    f.repeat(Math.ceil(depth / 4), () => {
      f.repeat(whole, () => transpose(4));
      for (let block = whole; block < blocks; block++) transpose(Math.max(0, rows - 4 * block));
      f.increment(from, 16 - 4 * stride * blocks);
      f.increment(to, 4 * width * 4 - 16 * blocks);
    });
    return f;
  });
}

/**
 * Copies `width` neighbouring columns of a matrix into a panel [depth, width]. Where fewer columns exist, what lies beside them comes along.
 * @param stride from one step of the depth to the next, in bytes
 */
export function packColumns(
  context: KernelContext,
  { width, depth, stride }: { width: number; depth: number; stride: number },
): Callable<typeof type.params> {
  const key = `packColumns ${[width, depth, stride]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, v128 } = f;
    const [from, to] = f.args;
    f.repeat(depth, () => {
      for (let offset = 0; offset < width * 4; offset += 16) v128.store(get(to), v128.load(get(from), offset), offset);
      f.increment(from, stride);
      f.increment(to, width * 4);
    });
    return f;
  });
}
