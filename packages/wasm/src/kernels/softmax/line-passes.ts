import type { Lanes } from "../../algebra/lanes.ts";
import type { SimdAlgebra } from "../../algebra/simd-algebra.ts";
import type { Local, V128 } from "../../assembler/value-types.ts";
import { combineLanes } from "../combine-lanes.ts";
import { forEachVector } from "../for-each-vector.ts";
import { laneMask } from "../lane-mask.ts";
import { storeLanes } from "../store-lanes.ts";

/** Wider lines are read again in each pass; narrower ones stay in registers. */
const widestInRegisters = 32;
/** Sums that grow in turn, so that one addition need not wait for the one before. */
const chains = 2;

/** The passes over one line whose values follow each other, `offset` bytes beyond x and y. Each pass keeps to the order of calls here. */
export class LinePasses {
  private readonly k: SimdAlgebra;
  private readonly x: Local<"i32">;
  private readonly y: Local<"i32">;
  private readonly width: number;
  private readonly offset: number;
  private readonly lines: number;
  private readonly kept: Local<"v128">[] = [];

  /** @param lines how many are written out in the same function */
  constructor(k: SimdAlgebra, at: { x: Local<"i32">; y: Local<"i32">; offset: number }, width: number, lines: number) {
    this.k = k;
    this.x = at.x;
    this.y = at.y;
    this.offset = at.offset;
    this.width = width;
    this.lines = lines;
    if (width <= widestInRegisters) this.kept = k.f.localArray("v128", Math.ceil(width / 4));
  }

  private forEach(body: (vector: Local<"v128">, offset: number, lanes: number) => void): void {
    const { k, x, y, width, offset, kept } = this;
    const shared = kept.length > 0 ? undefined : k.f.local("v128");
    const moving = [
      { address: x, step: 16 },
      { address: y, step: 16 },
    ];
    forEachVector(k.context, k.f, width, moving, (j, lanes) => body(shared ?? kept[j]!, offset + 16 * j, lanes));
  }

  /** The vector of x there; -Infinity stands beyond the line's end, which changes neither the maximum nor the sum. */
  private load(offset: number, lanes: number): V128 {
    const { v128, get, f32x4, f32 } = this.k.f;
    const x = v128.load(get(this.x), offset);
    if (lanes === 4) return x;
    return v128.bitSelect(x, f32x4.splat(f32.const(Number.NEGATIVE_INFINITY)), laneMask(this.k.f, lanes));
  }

  /** All values folded into one, in all lanes. `value` pushes what becomes of a vector. */
  private fold(
    combine: (a: V128, b: V128) => V128,
    each: (body: (vector: Local<"v128">) => void) => void,
    initial: number,
  ) {
    const { f } = this.k;
    const { get, set, f32x4, f32 } = f;
    const acc = f.localArray("v128", chains);
    for (const chain of acc) set(chain, f32x4.splat(f32.const(initial)));
    let next = 0;
    each((vector) => {
      const chain = acc[next++ % chains]!;
      set(chain, combine(get(chain), get(vector)));
    });
    const [first, ...rest] = acc as [Local<"v128">, ...Local<"v128">[]];
    for (const chain of rest) set(first, combine(get(first), get(chain)));
    combineLanes(f, first, combine);
    return first;
  }

  /** The maximum, in all lanes. A NaN may get lost here: it will turn up in the sum. */
  max(): Local<"v128"> {
    const { set, f32x4 } = this.k.f;
    const each = (body: (vector: Local<"v128">) => void) =>
      this.forEach((vector, offset, lanes) => {
        set(vector, this.load(offset, lanes));
        body(vector);
      });
    return this.fold((a, b) => f32x4.pmax(a, b), each, Number.NEGATIVE_INFINITY);
  }

  /** Unrolled code calls a function: the exponential, written out for each vector of each line, would be most of a small program. */
  private exp(power: Lanes): Lanes {
    if (this.lines * this.kept.length <= 1) return this.k.exp(power);
    return this.k.outOfLine("exp", "f32", [power], (k, x) => k.exp(x!));
  }

  /** The sum of exp(x - max), in all lanes; the terms are written to y where `scale` will look for them. */
  sumOfExps(max: Local<"v128">, keepTerms: boolean): Local<"v128"> {
    const { k } = this;
    const { get, set, f32x4 } = k.f;
    const each = (body: (vector: Local<"v128">) => void) =>
      this.forEach((vector, offset, lanes) => {
        if (this.kept.length === 0) set(vector, this.load(offset, lanes));
        const power = k.keep("f32", f32x4.sub(get(vector), get(max)));
        const term = k.keep("f32", k.floats(this.exp(power)));
        if (keepTerms) set(vector, get(term.local));
        if (keepTerms && this.kept.length === 0) this.store(vector, offset, lanes);
        body(term.local);
      });
    return this.fold((a, b) => f32x4.add(a, b), each, 0);
  }

  /** y: the terms divided by their sum. */
  scale(sum: Local<"v128">): void {
    const { f } = this.k;
    const { get, set, v128, f32x4, f32 } = f;
    const factor = f.local("v128");
    set(factor, f32x4.div(f32x4.splat(f32.const(1)), get(sum)));
    this.forEach((vector, offset, lanes) => {
      if (this.kept.length === 0) set(vector, v128.load(get(this.y), offset));
      set(vector, f32x4.mul(get(vector), get(factor)));
      this.store(vector, offset, lanes);
    });
  }

  /** y: x minus its maximum minus lane `lane` of `logs`. */
  subtract(max: Local<"v128">, logs: Local<"v128">, lane: number): void {
    const { f } = this.k;
    const { get, set, v128, f32x4 } = f;
    const log = f.local("v128");
    set(log, v128.shuffle(get(logs), get(logs), [lane, lane, lane, lane]));
    this.forEach((vector, offset, lanes) => {
      if (this.kept.length === 0) set(vector, v128.load(get(this.x), offset));
      set(vector, f32x4.sub(f32x4.sub(get(vector), get(max)), get(log)));
      this.store(vector, offset, lanes);
    });
  }

  private store(vector: Local<"v128">, offset: number, lanes: number): void {
    storeLanes(this.k.f, () => this.k.f.get(this.y), vector, offset, lanes);
  }
}
