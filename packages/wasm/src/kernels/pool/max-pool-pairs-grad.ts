import type { Callable } from "../../assembler/function-builder.ts";
import type { Local, V128 } from "../../assembler/value-types.ts";
import { EpilogueWriter } from "../apply-epilogue.ts";
import type { Epilogue, EpilogueOperand } from "../epilogue.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { isLarger } from "./larger-of.ts";
import { evenLanes, oddLanes } from "./pool-pairs.ts";
import type { PoolSpec } from "./windows.ts";

const type = {
  params: [
    "i32", // the gradient by the maxima
    "i32", // x
    "i32", // dx
    "i32", // how far the epilogue's operand of dx's size lies beyond dx
  ],
} as const;

/** The gradient of the maxima of `poolPairs` by its maps: one of the four entries of a window gets the window's gradient, the others 0. */
export function maxPoolPairsGrad(
  context: KernelContext,
  { channels, height, width }: PoolSpec,
  epilogue: Epilogue | undefined,
): Callable<typeof type.params> {
  const key = `maxPoolPairsGrad ${[channels, height, width, epilogue?.key]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128 } = f;
    const [grad, x, dx, delta] = f.args;
    const writer = epilogue && new EpilogueWriter(context, f, epilogue);
    /** How far the row of dx is from its map's first, and the channel from the first, in bytes of float32. */
    const [place, channel] = f.localArray("i32", 2);
    const [left, right, a, b, c, d, g, bottom] = f.localArray("v128", 8);
    const [topOdd, bottomOdd] = f.localArray("v128", 2);
    const columns = Math.floor(width / 2);
    const moving = [
      { address: grad, step: 16 },
      { address: x, step: 32 },
      { address: dx, step: 32 },
      { address: place!, step: 32 },
    ];

    const store = (value: Local<"v128">, offset: number, lanes: number) => {
      writer?.apply(value, ({ extent, address }: EpilogueOperand): V128 => {
        if (extent === "full") return v128.load(i32.add(get(dx), get(delta)), offset);
        if (extent === "column") return v128.load(get(place!), address + offset);
        return v128.load32Splat(get(channel!), address);
      });
      storeLanes(f, () => get(dx), value, offset, lanes);
    };
    /** Entries that are in no window. */
    const storeZeros = (offset: number, lanes: number) => {
      set(a!, v128.zero());
      store(a!, offset, lanes);
    };
    /** The even and the odd columns of eight entries. */
    const load = (even: Local<"v128">, odd: Local<"v128">, offset: number) => {
      set(left!, v128.load(get(x), offset));
      set(right!, v128.load(get(x), offset + 16));
      set(even, v128.shuffle(get(left!), get(right!), evenLanes));
      set(odd, v128.shuffle(get(left!), get(right!), oddLanes));
    };
    const storeRow = (even: Local<"v128">, odd: Local<"v128">, offset: number, lanes: number) => {
      set(left!, v128.shuffle(get(even), get(odd), [0, 4, 1, 5]));
      store(left!, offset, 2 * lanes);
      if (lanes <= 2) return;
      set(right!, v128.shuffle(get(even), get(odd), [2, 6, 3, 7]));
      store(right!, offset + 16, 2 * lanes - 4);
    };
    const rowPair = () => {
      forEachVector(context, f, columns, moving, (j, lanes) => {
        const [top, below] = [j * 32, j * 32 + width * 4];
        load(a!, b!, top);
        load(c!, d!, below);
        set(g!, v128.load(get(grad), j * 16));
        set(topOdd!, isLarger(f, a!, b!));
        set(a!, v128.bitSelect(get(b!), get(a!), get(topOdd!)));
        set(bottomOdd!, isLarger(f, c!, d!));
        set(c!, v128.bitSelect(get(d!), get(c!), get(bottomOdd!)));
        set(bottom!, isLarger(f, a!, c!));
        set(bottom!, v128.and(get(g!), get(bottom!)));
        set(g!, v128.xor(get(g!), get(bottom!)));
        set(a!, v128.andNot(get(g!), get(topOdd!)));
        set(b!, v128.and(get(g!), get(topOdd!)));
        set(c!, v128.andNot(get(bottom!), get(bottomOdd!)));
        set(d!, v128.and(get(bottom!), get(bottomOdd!)));
        storeRow(a!, b!, top, lanes);
        storeRow(c!, d!, below, lanes);
      });
      if (width % 2 === 1) for (const row of [1, 2]) storeZeros((row * width - 1) * 4, 1);
      f.increment(grad, columns * 4);
      for (const address of [x, dx, place!]) f.increment(address, width * 8);
    };
    f.repeat(channels, () => {
      set(place!, i32.const(0));
      f.repeat(Math.floor(height / 2), rowPair);
      if (height % 2 === 1) {
        forEachVector(
          context,
          f,
          width,
          moving.slice(2).map(({ address }) => ({ address, step: 16 })),
          (j, lanes) => storeZeros(j * 16, lanes),
        );
        for (const address of [x, dx]) f.increment(address, width * 4);
      }
      f.increment(channel!, 4);
    });
    return f;
  });
}
