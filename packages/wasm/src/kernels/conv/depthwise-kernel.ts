import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Epilogue } from "../epilogue.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { gatherPhases } from "./gather-phases.ts";
import { keepsOrder } from "./keeps-order.ts";
import { mapEpilogue } from "./map-epilogue.ts";
import { type Place, placesOf } from "./places.ts";
import { vectorsPerRegister } from "./vectors-per-register.ts";

const type = {
  params: [
    "i32", // weights of the map
    "i32", // source: the place of the first window
    "i32", // output
    "i32", // four times the number of the output's channel
    "i32", // how far an operand of the output's size lies beyond the output
  ],
} as const;

/** A weight, counted from the map's first, and how far the place it meets lies beyond the source, in elements. */
export interface DepthwiseTap {
  readonly weight: number;
  readonly offset: number;
}

export interface DepthwiseSpec {
  /** Of the output. */
  readonly rows: number;
  readonly columns: number;
  /** From one row of the source to the next, in elements. */
  readonly rowStride: number;
  /** The taps of row 0, 1, ..., and there of column 0, 1, ...: after the last the first serve again, one place on. */
  readonly phases: readonly (readonly (readonly DepthwiseTap[])[])[];
  /** Whether the sums are added to what the output is. */
  readonly accumulate: boolean;
  readonly epilogue?: Epilogue | undefined;
}

/** A weight times a place is a term of the sums of one row of a block, for the columns of one phase. */
interface Term extends DepthwiseTap {
  readonly row: number;
  readonly phase: number;
}

/** So many weights leave registers to sums and pixels. */
const fewWeights = 12;

/**
 * The sums that are computed side by side, found by trying: rows of a block share what they load; and an addition has to wait for the one
 * before it, so a sum has parts.
 */
function shapeOf(engine: Engine, weights: number): { sums: number; parts: number } {
  if (keepsOrder(engine)) return { sums: 4, parts: 2 };
  return { sums: weights > fewWeights ? 4 : 2, parts: 1 };
}

/** One map from one channel, in blocks of a few rows: each place of the source is loaded once for all rows of a block. */
export function depthwiseKernel(context: KernelContext, spec: DepthwiseSpec): Callable<typeof type.params> {
  const { epilogue, ...numbers } = spec;
  const key = `depthwise ${JSON.stringify(numbers)} ${epilogue?.key}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128, f32x4 } = f;
    const [weights, source, output, channel, delta] = f.args;
    const { rows, columns, rowStride, phases, accumulate } = spec;
    const [rowPhases, columnPhases] = [phases.length, phases[0]!.length];
    const vectors = vectorsPerRegister(context.engine);
    const [target, pixels] = [f.local("i32"), f.local("v128")];
    const kept = new Map<number, Local<"v128">>();
    for (const { weight } of phases.flat(2)) if (!kept.has(weight)) kept.set(weight, f.local("v128"));
    const shape = shapeOf(context.engine, kept.size);
    const blockRows = rowPhases * Math.max(1, Math.floor(shape.sums / (rowPhases * columnPhases)));
    const blockColumns = 4 * vectors * columnPhases;
    /** By row, phase and vector: the parts of a sum. */
    const sums = Array.from({ length: blockRows }, () =>
      phases[0]!.map(() => Array.from({ length: vectors }, () => f.localArray("v128", shape.parts))),
    );
    const gathered = f.localArray("v128", columnPhases === 1 ? 0 : vectors * columnPhases);
    const fused = mapEpilogue(context, f, epilogue, { channel, start: output, target, delta });

    const sumUp = (places: readonly Place<Term>[], height: number, used: number) => {
      const begun = new Map<readonly Local<"v128">[], number>();
      for (const { offset, uses } of places) {
        for (let j = 0; j < used; j++) {
          set(pixels, v128.load(get(source), 4 * (offset + 4 * j)));
          for (const { row, phase, weight } of uses) {
            const parts = sums[row]![phase]![j]!;
            const terms = begun.get(parts) ?? 0;
            begun.set(parts, terms + 1);
            const part = parts[terms % parts.length]!;
            if (terms < parts.length) set(part, f32x4.mul(get(pixels), get(kept.get(weight)!)));
            else multiplyAdd(context, f, part, pixels, kept.get(weight)!);
          }
        }
      }
      for (const parts of sums.slice(0, height).flatMap((row) => row.flatMap((phase) => phase.slice(0, used)))) {
        const [sum, ...others] = parts.slice(0, Math.max(1, begun.get(parts) ?? 0));
        if (!begun.has(parts)) set(sum!, v128.zero());
        for (const other of others) set(sum!, f32x4.add(get(sum!), get(other)));
      }
    };
    /** Rows and columns that are written at once. */
    const block = (places: readonly Place<Term>[], height: number, width: number) => {
      sumUp(places, height, Math.ceil(width / columnPhases / 4));
      for (let row = 0; row < height; row++) {
        const finished = sums[row]!.map((phase) => phase.map(([sum]) => sum!));
        const values = (columnPhases === 1 ? finished[0]! : gathered).slice(0, Math.ceil(width / 4));
        const column = (j: number) => row * columns + 4 * j;
        values.forEach((vector, j) => {
          if (columnPhases > 1) gatherPhases(f, vector, 4 * j, finished);
        });
        values.forEach((vector, j) => {
          if (accumulate) set(vector, f32x4.add(v128.load(get(target), 4 * column(j)), get(vector)));
          fused.apply(vector, column(j));
        });
        // All stores last: the revectorizer makes pairs of those.
        values.forEach((vector, j) => {
          storeLanes(f, () => get(target), vector, 4 * column(j), width - 4 * j);
        });
      }
    };
    const acrossRows = (height: number) => {
      const places = inColumns(placesOf(termsOf(spec, height)), rowStride);
      const whole = Math.floor(columns / blockColumns);
      f.repeat(whole, () => {
        block(places, height, blockColumns);
        f.increment(source, 16 * vectors);
        f.increment(target, 4 * blockColumns);
      });
      if (columns % blockColumns > 0) block(places, height, columns % blockColumns);
      f.increment(source, -16 * vectors * whole);
      f.increment(target, -4 * blockColumns * whole);
    };

    for (const [weight, local] of kept) set(local, v128.load32Splat(get(weights), 4 * weight));
    set(target, get(output));
    fused.enterChannel();
    f.repeat(Math.floor(rows / blockRows), () => {
      acrossRows(blockRows);
      f.increment(source, 4 * (blockRows / rowPhases) * rowStride);
      f.increment(target, 4 * blockRows * columns);
    });
    if (rows % blockRows > 0) acrossRows(rows % blockRows);
    return f;
  });
}

/** All terms of a block of so many rows. */
function termsOf({ rowStride, phases }: DepthwiseSpec, rows: number): Term[] {
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const ofRow = Math.floor(row / phases.length) * rowStride;
    return phases[row % phases.length]!.flatMap((taps, phase) =>
      taps.map(({ weight, offset }) => ({ row, phase, weight, offset: offset + ofRow })),
    );
  });
}

/** Column by column: of many weights, only those of one column are in use at a time. */
function inColumns<P extends { readonly offset: number }>(places: readonly P[], rowStride: number): P[] {
  const column = ({ offset }: P) => offset % rowStride;
  return [...places].sort((a, b) => column(a) - column(b) || a.offset - b.offset);
}
