import type { Lanes, Vector } from "../../algebra/lanes.ts";
import type { SimdAlgebra } from "../../algebra/simd-algebra.ts";
import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { laneMask } from "../lane-mask.ts";
import { storeLanes } from "../store-lanes.ts";
import { loadSplat, loadVector } from "./element-access.ts";
import type { LoopReduction } from "./loop-spec.ts";
import type { Access } from "./walks.ts";

/** A reduction within a loop. Along an innermost dimension that it folds, it sums up in registers, one accumulator for each vector of a turn. */
export class ReductionWriter {
  readonly access: Access;
  readonly value: number;
  private readonly spec: LoopReduction;
  private readonly k: SimdAlgebra;
  private readonly accumulators: readonly Vector[];

  constructor(k: SimdAlgebra, spec: LoopReduction, access: Access, unroll: number) {
    this.k = k;
    this.spec = spec;
    this.access = access;
    this.value = spec.value;
    const kind = spec.type === "float32" ? "f32" : "i32";
    const count = access.varies.at(-1) ? 0 : unroll;
    this.accumulators = k.f.localArray("v128", count).map((local) => ({ kind, local }));
  }

  /** Before a row. */
  start(): void {
    for (const { local } of this.accumulators) this.k.f.set(local, this.push(this.initial()));
  }

  /** Folds the first `lanes` lanes of the vector at `slot` of a turn. */
  fold(x: Lanes, slot: number, lanes: number): void {
    const { k, access } = this;
    const { f } = k;
    const accumulator = this.accumulators[slot];
    if (accumulator) {
      const counted = lanes === 4 ? x : this.maskTail(x, lanes);
      f.set(accumulator.local, this.push(this.combine(accumulator, counted)));
      return;
    }
    const before = loadVector(k, access.type, access.position, access.offset + 16 * slot);
    this.store(f, this.combine(before, x), access.offset + 16 * slot, lanes);
  }

  /** After a row: what was folded in registers joins what memory holds. */
  finish(): void {
    const [first, ...others] = this.accumulators;
    if (!first) return;
    const { k, access } = this;
    const { f } = k;
    let sum: Lanes = first;
    for (const other of others) sum = this.combine(sum, other);
    for (const lanes of [
      [2, 3, 0, 1],
      [1, 0, 3, 2],
    ] as const) {
      const { kind, local } = this.keep(sum);
      sum = this.combine({ kind, local }, k.keep(kind, f.v128.shuffle(f.get(local), f.get(local), lanes)));
    }
    const before = loadSplat(k, access.type, access.position, access.offset);
    this.store(f, this.combine(before, sum), access.offset, 1);
  }

  /** Masks become numbers before integers are folded. */
  private combine(a: Lanes, x: Lanes): Vector {
    const { k, spec } = this;
    const number = spec.type === "int32" && x.kind !== "i32" ? k.keep("i32", k.integers(x)) : x;
    return this.keep(spec.combine(k, a, number));
  }

  private initial(): Lanes {
    return this.k.c(this.spec.initial);
  }

  private push(x: Lanes) {
    return this.spec.type === "float32" ? this.k.floats(x) : this.k.integers(x);
  }

  private keep(x: Lanes): Vector {
    return this.k.keep(this.spec.type === "float32" ? "f32" : "i32", this.push(x));
  }

  private maskTail(x: Lanes, lanes: number): Vector {
    const { f } = this.k;
    const { kind, local } = this.keep(x);
    const initial = this.keep(this.initial());
    return this.k.keep(kind, f.v128.bitSelect(f.get(local), f.get(initial.local), laneMask(f, lanes)));
  }

  private store(f: FunctionBuilder, value: Vector, offset: number, lanes: number): void {
    storeLanes(f, this.access.position, value.local, offset, lanes);
  }
}
