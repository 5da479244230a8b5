import type { Lanes } from "../../algebra/lanes.ts";
import { SimdAlgebra } from "../../algebra/simd-algebra.ts";
import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { base } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";
import { collapse } from "./collapse.ts";
import { bytesOf, loadSplat, loadVector, storeVector } from "./element-access.ts";
import type { LoopSpec } from "./loop-spec.ts";
import { ReductionWriter } from "./reduction.ts";
import { type Access, Walks } from "./walks.ts";

/** Vectors per turn where rows are short, or sums take registers. */
const unrollOfRows = 2;

/** Writes the loop into `f`. Memory of reductions must hold their initial values, or what was folded before. */
export function elementwiseLoop(context: KernelContext, f: FunctionBuilder, spec: LoopSpec): void {
  new LoopWriter(context, f, spec).dimension(0);
}

class LoopWriter {
  private readonly f: FunctionBuilder;
  private readonly spec: LoopSpec;
  private readonly k: SimdAlgebra;
  private readonly sizes: readonly number[];
  private readonly walks: Walks;
  private readonly scalars: readonly Lanes[];
  private readonly inputs: readonly Access[];
  private readonly outputs: readonly Access[];
  private readonly reductions: readonly ReductionWriter[];
  /** Vectors a turn. */
  private readonly unroll: number;
  /** The index of the first element of a turn, and which vector of the turn is being computed. */
  private readonly element: Local<"i32"> | undefined;
  private slot = 0;

  constructor(context: KernelContext, f: FunctionBuilder, spec: LoopSpec) {
    this.f = f;
    this.spec = spec;
    this.k = new SimdAlgebra(context, f, context.engine.loopConstants, () => this.indices());
    const everywhere = spec.sizes.map(() => true);
    const outputs = spec.outputs.map((output) => ({ ...output, varies: everywhere }));
    const operands = [...spec.inputs, ...spec.reductions, ...outputs];
    const { sizes, varies } = collapse(
      spec.sizes,
      operands.map((operand) => operand.varies),
    );
    this.sizes = sizes;
    this.unroll = sizes.length === 1 && spec.reductions.length === 0 ? context.engine.unroll : unrollOfRows;
    this.walks = new Walks(f);
    const accesses = operands.map((operand, i) => this.walks.access(operand, varies[i]!));
    const reduced = spec.inputs.length + spec.reductions.length;
    this.inputs = accesses.slice(0, spec.inputs.length);
    this.outputs = accesses.slice(reduced);
    this.reductions = spec.reductions.map(
      (reduction, i) => new ReductionWriter(this.k, reduction, accesses[spec.inputs.length + i]!, this.unroll),
    );
    this.scalars = spec.scalars.map(({ type, address }) =>
      loadSplat(this.k, type, () => base(f, address), address.offset),
    );
    if (spec.firstIndex) {
      this.element = f.local("i32");
      f.set(this.element, f.i32.add(base(f, spec.firstIndex), f.i32.const(spec.firstIndex.offset)));
    }
  }

  private indices() {
    const { f, slot } = this;
    return f.i32x4.add(
      f.i32x4.splat(f.get(this.element!)),
      f.i32x4.const(4 * slot, 4 * slot + 1, 4 * slot + 2, 4 * slot + 3),
    );
  }

  /** A dimension and all within it. */
  dimension(dim: number): void {
    if (dim === this.sizes.length - 1) this.row(this.sizes[dim]!);
    else this.walks.over(dim, this.sizes[dim]!, () => this.dimension(dim + 1));
  }

  private row(length: number): void {
    const { f, spec, unroll } = this;
    const steady = new Map(
      this.inputs
        .filter(({ varies }) => !varies.at(-1))
        .map((access) => [access, loadSplat(this.k, access.type, access.position, access.offset)]),
    );
    for (const reduction of this.reductions) reduction.start();
    const perTurn = 4 * unroll;
    const wholeTurn = () => {
      this.turn(steady, unroll, 4);
      this.advance(perTurn);
    };
    if (spec.turns) f.countDown(spec.turns, wholeTurn);
    f.repeat(Math.floor(length / perTurn), wholeTurn);
    const rest = length % perTurn;
    const [vectors, lanes] = [Math.floor(rest / 4), rest % 4];
    for (let i = 0; i < vectors; i++) {
      this.turn(steady, 1, 4);
      this.advance(4);
    }
    if (lanes > 0) {
      this.turn(steady, 1, lanes);
      this.advance(lanes);
    }
    for (const reduction of this.reductions) reduction.finish();
  }

  private advance(elements: number): void {
    this.walks.advance(elements);
    if (this.element) this.f.increment(this.element, elements);
  }

  /**
   * Computes `vectors` vectors, of which the last (and only) one may have fewer than four elements that count. Each step is written for all
   * vectors before the next step: V8's revectorizer looks for neighbours.
   */
  private turn(steady: ReadonlyMap<Access, Lanes>, vectors: number, lanes: number): void {
    const { k, spec } = this;
    const slots = Array.from({ length: vectors }, (_, slot) => slot);
    const step = (access: Access, slot: number) => access.offset + 4 * slot * bytesOf(access.type);
    const values: Lanes[][] = this.scalars.map((scalar) => slots.map(() => scalar));
    for (const access of this.inputs) {
      const same = steady.get(access);
      values.push(slots.map((slot) => same ?? loadVector(k, access.type, access.position, step(access, slot))));
    }
    for (const { inputs, apply } of spec.steps) {
      values.push(
        slots.map((slot) => {
          this.slot = slot;
          return apply(k, ...inputs.map((input) => values[input]![slot]!));
        }),
      );
    }
    this.outputs.forEach((access, i) => {
      const stored = values[spec.outputs[i]!.value]!;
      for (const slot of slots) {
        storeVector(k, access.type, stored[slot]!, access.position, step(access, slot), lanes);
      }
    });
    for (const reduction of this.reductions) {
      for (const slot of slots) reduction.fold(values[reduction.value]![slot]!, slot, lanes);
    }
  }
}
