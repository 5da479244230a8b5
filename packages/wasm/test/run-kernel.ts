import { expect } from "vitest";
import {
  at,
  type BatchKernel,
  type Engine,
  type FunctionBuilder,
  type HostImports,
  type KernelContext,
  simd128,
} from "../src/index.ts";
import { dataStart, instantiate } from "./instantiate.ts";

export type Data = Float32Array | Int32Array | Uint8Array;
/** What lies in memory: inputs, and for outputs how many words of 32 bits they have. */
export type Buffers<A extends string> = Readonly<Record<A, Data | number>>;
export type Addresses<A extends string> = Readonly<Record<A, number>>;

type Place = (bytes: number) => number;
type Hosted = (...x: number[]) => number;

const canary = 0x7fabcdef; // the bits of a NaN
const guard = 64;
const roomForScratch = 1 << 16;

/**
 * Runs what `write` writes once, over `buffers` in a memory full of canaries, checks that the bytes around the buffers are untouched, and gives
 * the bits of all buffers. `place` finds room for working memory, around which the same holds.
 */
export function runKernel<A extends string>(
  buffers: Buffers<A>,
  write: (context: KernelContext, f: FunctionBuilder, address: Addresses<A>, place: Place) => void,
  {
    engine = simd128,
    host = {},
  }: { engine?: Engine | undefined; host?: Partial<Record<keyof HostImports, Hosted>> } = {},
): Record<A, ArrayBuffer> {
  // Object.keys and Object.fromEntries forget which keys there are.
  const names = Object.keys(buffers) as A[];
  const mapNames = <T>(value: (name: A) => T) => Object.fromEntries(names.map((n) => [n, value(n)])) as Record<A, T>;
  let top = dataStart;
  const places: { what: string; start: number; end: number }[] = [];
  const place = (bytes: number, what = "working memory") => {
    const start = top + guard;
    top = start + Math.ceil(bytes / 64) * 64;
    places.push({ what, start, end: start + bytes });
    return start;
  };
  const size = mapNames((name) => {
    const given: Data | number = buffers[name];
    return typeof given === "number" ? given * 4 : given.byteLength;
  });
  const address = mapNames((name) => place(size[name], name));
  const { memory, exports } = instantiate(
    engine,
    (context) => {
      const f = context.module.function("run", { params: [] });
      write(context, f, address, place);
      context.module.export(f);
    },
    { pages: Math.ceil((top + roomForScratch) / 65536), host },
  );
  new Int32Array(memory.buffer).fill(canary, dataStart / 4);
  const bytes = new Uint8Array(memory.buffer);
  for (const name of names) {
    const given: Data | number = buffers[name];
    if (typeof given !== "number")
      bytes.set(new Uint8Array(given.buffer, given.byteOffset, given.byteLength), address[name]);
  }
  const guards = () =>
    places.flatMap(({ what, start, end }) => [
      { what: `before ${what}`, bytes: bytes.slice(start - guard, start) },
      { what: `after ${what}`, bytes: bytes.slice(end, end + guard) },
    ]);
  const before = guards();
  exports.run!();
  for (const [i, { what, bytes }] of guards().entries()) expectSame(bytes, before[i]!.bytes, what);
  return mapNames((name) => memory.buffer.slice(address[name], address[name] + size[name]));
}

/** That all values are the same, as `Object.is` has it; a whole array for `toEqual` takes longer than most kernels do. */
export function expectSame(found: ArrayLike<number>, wanted: ArrayLike<number>, what?: string): void {
  const isSame = found.length === wanted.length && Array.prototype.every.call(found, (v, i) => Object.is(v, wanted[i]));
  if (!isSame) expect(Array.from(found), what).toEqual(Array.from(wanted));
}

/** Runs a kernel, whose addresses are those of `buffers`, over a batch: the first dimension of each buffer. */
export function runOverBatch<A extends string>(
  batch: number,
  buffers: Buffers<A>,
  make: (context: KernelContext, address: Addresses<A>) => BatchKernel<never>,
  engine?: Engine,
): Record<A, ArrayBuffer> {
  const write = (context: KernelContext, run: FunctionBuilder, address: Addresses<A>, place: Place) => {
    const { module } = context;
    const kernel = make(context, address);
    const scratch = Object.fromEntries(Object.entries(kernel.scratch).map(([name, bytes]) => [name, place(bytes)]));
    const [before, each, after] = [
      module.function("before", { params: [] }),
      module.function("each", { params: ["i32"] }),
      module.function("after", { params: [] }),
    ];
    const entries = Object.entries<Data | number>(buffers);
    const fixed = entries.map(([name]) => [name, at(address[name as A])]);
    const moving = entries.map(([name, given]) => {
      const bytes = typeof given === "number" ? given * 4 : given.byteLength;
      const base = each.local("i32");
      each.set(base, each.i32.mul(each.get(each.args[0]), each.i32.const(bytes / batch)));
      return [name, at(address[name as A], base)];
    });
    // Which addresses a kernel takes is the test's business, here they are those of all buffers.
    const addresses = (all: unknown[][]) => ({ ...Object.fromEntries(all), scratch }) as never;
    kernel.before?.(before, addresses(fixed));
    kernel.each(each, addresses(moving));
    kernel.after?.(after, addresses(fixed));
    run.call(before);
    for (let n = 0; n < batch; n++) run.call(each, run.i32.const(n));
    run.call(after);
  };
  return runKernel(buffers, write, { engine });
}

/** Small whole numbers, so that there are ties and sums are exact, and now and then a special value. */
export function values(count: number, seed: number, special: readonly number[] = []): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const pick = state >>> 24;
    return pick < 24 && special.length > 0 ? special[pick % special.length]! : (state >>> 28) - 8;
  });
}

export const oddities = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
