import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import type { PoolSpec } from "./windows.ts";

const type = { params: ["i32", "i32"] } as const; // the gradient by the averages; dx

/** The gradient of the averages of `poolPairs`: all four entries of a window get the window's gradient times the factor; entries of none get 0. */
export function spreadPairs(
  context: KernelContext,
  { channels, height, width }: PoolSpec,
  factor: number,
): Callable<typeof type.params> {
  const key = `spreadPairs ${[channels, height, width, factor]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128, f32x4, f32 } = f;
    const [grad, dx] = f.args;
    const [share, doubled, zero] = [f.local("v128"), f.local("v128"), f.local("v128")];
    const columns = Math.floor(width / 2);
    const moving = [
      { address: grad, step: 16 },
      { address: dx, step: 32 },
    ];
    const storeTwice = (value: Local<"v128">, offset: number, lanes: number) => {
      for (const row of [0, 1]) storeLanes(f, () => get(dx), value, offset + row * width * 4, lanes);
    };
    const rowPair = () => {
      forEachVector(context, f, columns, moving, (j, lanes) => {
        set(share, f32x4.mul(v128.load(get(grad), j * 16), f32x4.splat(f32.const(factor))));
        set(doubled, v128.shuffle(get(share), get(share), [0, 0, 1, 1]));
        storeTwice(doubled, j * 32, 2 * lanes);
        if (lanes <= 2) return;
        set(doubled, v128.shuffle(get(share), get(share), [2, 2, 3, 3]));
        storeTwice(doubled, j * 32 + 16, 2 * lanes - 4);
      });
      if (width % 2 === 1) storeTwice(zero, (width - 1) * 4, 1);
      f.increment(grad, columns * 4);
      f.increment(dx, width * 8);
    };
    f.repeat(channels, () => {
      f.repeat(Math.floor(height / 2), rowPair);
      if (height % 2 === 0) return;
      forEachVector(context, f, width, [{ address: dx, step: 16 }], (j, lanes) =>
        storeLanes(f, () => get(dx), zero, j * 16, lanes),
      );
      f.increment(dx, width * 4);
    });
    return f;
  });
}
