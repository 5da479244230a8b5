import type { Callable, FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Epilogue } from "../epilogue.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { columnBlocks, rowBlocks } from "./blocks.ts";
import { gatherLanes } from "./gather-lanes.ts";
import { keepsOrder } from "./keeps-order.ts";
import { mapEpilogue } from "./map-epilogue.ts";
import { placeReader } from "./place-reader.ts";
import { type Place, placesOf, weightKeyAt } from "./places.ts";
import { type Reach, type VectorTerm, vectorSums } from "./reach.ts";
import { vectorsPerRegister } from "./vectors-per-register.ts";

const type = {
  params: [
    "i32", // weights of the map
    "i32", // source
    "i32", // output
    "i32", // four times the number of the output's channel
    "i32", // how far an operand of the output's size lies beyond the output
    "i32", // the table of masks
  ],
} as const;

export interface DepthwiseSpec {
  readonly rows: Reach;
  readonly columns: Reach;
  /** Of the weights. */
  readonly kernelWidth: number;
  /** Whether the sums are added to what the output is. */
  readonly accumulate: boolean;
  readonly epilogue?: Epilogue | undefined;
}

/** More vectors of weights than this do not stay in registers anyway: then rows that share what they load pay. */
const fewWeights = 12;

/**
 * The sums that are computed side by side, found by trying: rows of a block share what they load; and an addition has to wait for the one
 * before it, so a sum has parts.
 */
function shapeOf(engine: Engine, weights: number, sumsOfPhase: number): { sums: number; parts: number } {
  if (sumsOfPhase > 1) return { sums: keepsOrder(engine) || weights > fewWeights ? 8 : 4, parts: 1 };
  return { sums: 4, parts: keepsOrder(engine) ? 2 : 1 };
}

/** One map from one channel, in blocks of a few rows: each place of the source is loaded once for all rows of a block. */
export function depthwiseKernel(context: KernelContext, spec: DepthwiseSpec): Callable<typeof type.params> {
  const { epilogue, ...numbers } = spec;
  const key = `depthwise ${JSON.stringify(numbers)} ${epilogue?.key}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128, f32x4 } = f;
    const [weights, source, output, channel, delta, masks] = f.args;
    const { rows, columns, kernelWidth, accumulate } = spec;
    const [rowPeriod, period] = [rows.phases.length, columns.phases.length];
    const vectors = columns.advance === 1 ? vectorsPerRegister(context.engine) : 1;
    const { terms, sums: sumsOfPhase, lanes } = vectorSums(columns);
    const kept = new Map<string, Local<"v128">>();
    for (const { weight } of rows.phases.flat()) {
      for (const term of terms) keepWeights(f, weights, weight * kernelWidth, term, weightKeyAt(weight, term), kept);
    }
    const shape = shapeOf(context.engine, kept.size, sumsOfPhase);
    const blockRows = rowPeriod * Math.max(1, Math.floor(shape.sums / (rowPeriod * period * sumsOfPhase)));
    /** By row: those of phase 0, 1, ..., and there of vector 0, 1, ...; each in parts. */
    const sums = Array.from({ length: blockRows }, () =>
      Array.from({ length: period * vectors * sumsOfPhase }, () => f.localArray("v128", shape.parts)),
    );
    const gathered = f.localArray("v128", period * vectors);
    const [target, pixels, addend] = [f.local("i32"), f.local("v128"), f.local("v128")];
    const reader = placeReader(context, f, masks);
    const fused = mapEpilogue(context, f, epilogue, { channel, start: output, target, delta });
    /** The lanes of a row's sums that make four neighbouring columns. */
    const lanesOf = (j: number): (readonly number[])[] => {
      if (columns.advance > 1) return [...lanes];
      const place = (column: number) => (column % period) * 4 * vectors + Math.floor(column / period);
      return [[0, 1, 2, 3].map((lane) => place(4 * j + lane))];
    };

    const sumUp = (places: readonly Place[], height: number) => {
      const begun = new Map<readonly Local<"v128">[], number>();
      reader.forEach(places, (values, uses) => {
        set(pixels, values());
        for (const { row, phase, vector, sum, weightKey } of uses) {
          const parts = sums[row]![(phase * vectors + vector) * sumsOfPhase + sum]!;
          const products = begun.get(parts) ?? 0;
          begun.set(parts, products + 1);
          const part = parts[products % parts.length]!;
          const weight = kept.get(weightKey)!;
          if (products < parts.length) set(part, f32x4.mul(get(pixels), get(weight)));
          else multiplyAdd(context, f, part, pixels, weight);
        }
      });
      for (const parts of sums.slice(0, height).flat()) {
        const [sum, ...others] = parts.slice(0, Math.max(1, begun.get(parts) ?? 0));
        if (!begun.has(parts)) set(sum!, v128.zero());
        for (const other of others) set(sum!, f32x4.add(get(sum!), get(other)));
      }
    };
    /** Four neighbouring columns. */
    const finished = (ofRow: readonly Local<"v128">[], j: number): Local<"v128"> => {
      const [first, ...others] = lanesOf(j);
      if (columns.advance === 1 && period === 1) return ofRow[j]!;
      const total = gathered[j]!;
      gatherLanes(f, total, ofRow, first!);
      for (const other of others) {
        gatherLanes(f, addend, ofRow, other);
        set(total, f32x4.add(get(total), get(addend)));
      }
      return total;
    };
    /** Rows and columns that are written at once. */
    const block = (places: readonly Place[], height: number, width: number) => {
      sumUp(places, height);
      for (let row = 0; row < height; row++) {
        const ofRow = sums[row]!.map(([sum]) => sum!);
        const values = Array.from({ length: Math.ceil(width / 4) }, (_, j) => finished(ofRow, j));
        const column = (j: number) => row * columns.size + 4 * j;
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

    set(target, get(output));
    fused.enterChannel();
    const columnRuns = columnBlocks(columns, terms, vectors, false);
    for (const { block: ofRows, count } of rowBlocks(rows, blockRows)) {
      f.repeat(count, () => {
        for (const { block: ofColumns, first, count } of columnRuns) {
          const places = placesOf(ofRows, ofColumns, columns.sourceSize);
          reader.enter(i32.add(get(source), i32.const(16 * vectors * columns.advance * first)), places);
          f.repeat(count, () => {
            block(places, ofRows.height, ofColumns.width);
            reader.move(4 * vectors * columns.advance);
            f.increment(target, 4 * ofColumns.width);
          });
        }
        f.increment(source, (4 * blockRows * rows.advance * columns.sourceSize) / rowPeriod);
        f.increment(target, 4 * (blockRows - 1) * columns.size);
      });
    }
    return f;
  });
}

/** Loads a vector of a row of weights, if it is not kept yet. */
function keepWeights(
  { get, set, local, v128 }: FunctionBuilder,
  weights: Local<"i32">,
  first: number,
  { weights: ofLanes }: VectorTerm,
  key: string,
  kept: Map<string, Local<"v128">>,
): void {
  if (kept.has(key)) return;
  const vector = local("v128");
  kept.set(key, vector);
  const [column] = ofLanes;
  if (ofLanes.every((weight) => weight === column)) set(vector, v128.load32Splat(get(weights), 4 * (first + column!)));
  else {
    ofLanes.forEach((weight, lane) => {
      if (weight === undefined) return;
      set(vector, v128.load32Lane(get(weights), get(vector), 4 * (first + weight), lane));
    });
  }
}
