import type { Callable } from "../../assembler/function-builder.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { columnBlocks, rowBlocks } from "./blocks.ts";
import { gatherLanes } from "./gather-lanes.ts";
import { keepsOrder } from "./keeps-order.ts";
import { placeReader } from "./place-reader.ts";
import { placesOf, weightKeyAt } from "./places.ts";
import { outputsOf, type Reach, vectorSums } from "./reach.ts";

const type = { params: ["i32", "i32", "i32", "i32"] } as const; // picture; gradients of one map; sums, to which is added; table of masks

export interface TapDotSpec {
  readonly rows: Reach;
  readonly columns: Reach;
  /** Which weights each sum's lanes are for. */
  readonly sums: readonly string[];
  /** From one sum to the next, in bytes. */
  readonly sumStride: number;
}

/** A map's gradients times the pixels that weights meet, summed up; the lanes of a sum are for the same weight or, where windows advance by several pixels, for neighbours. */
export function tapDotKernel(context: KernelContext, spec: TapDotSpec): Callable<typeof type.params> {
  const { rows, columns, sumStride } = spec;
  const key = `tap dots ${JSON.stringify(spec)}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128 } = f;
    const [picture, gradients, sums, masks] = f.args;
    const { advance } = columns;
    const acc = new Map(spec.sums.map((weights) => [weights, f.local("v128")]));
    const height = keepsOrder(context.engine) && advance === 1 ? 4 : 2;
    const [gradient, pixels] = [f.local("v128"), f.local("v128")];
    /** By row: each gradient as often as a window advances. */
    const ofRows = Array.from({ length: height }, () => f.localArray("v128", advance));
    const reader = placeReader(context, f, masks);
    let at = 0;
    for (const sum of acc.values()) set(sum, v128.load(get(sums), sumStride * at++));
    const kernelRows = rows.phases.flat();
    const terms = vectorSums(columns).terms.filter((term) =>
      kernelRows.some(({ weight }) => acc.has(weightKeyAt(weight, term))),
    );
    const columnRuns = columnBlocks(columns, terms, 1, true);
    for (const { block: ofRow, count } of rowBlocks(rows, height)) {
      f.repeat(count, () => {
        for (const { block: ofColumns, first, count } of columnRuns) {
          const all = placesOf(ofRow, ofColumns, columns.sourceSize);
          const places = all.filter(({ uses }) => uses.some(({ weightKey }) => acc.has(weightKey)));
          reader.enter(i32.add(get(picture), i32.const(16 * advance * first)), places);
          f.repeat(count, () => {
            for (let row = 0; row < ofRow.height; row++) {
              const values = v128.load(get(gradients), 4 * row * columns.size);
              // Both are masked: what lies beyond a row may be infinite.
              set(gradient, ofColumns.width < 4 ? v128.and(values, reader.before(ofColumns.width)) : values);
              ofRows[row]!.forEach((vector, i) => {
                gatherLanes(f, vector, [gradient], outputsOf(i, advance));
              });
            }
            reader.forEach(places, (values, uses) => {
              set(pixels, values());
              for (const { row, sum: i, weightKey } of uses) {
                const sum = acc.get(weightKey);
                if (sum) multiplyAdd(context, f, sum, ofRows[row]![i % advance]!, pixels, false);
              }
            });
            reader.move(4 * advance);
            f.increment(gradients, 4 * ofColumns.width);
          });
        }
        f.increment(picture, 4 * height * rows.advance * columns.sourceSize);
        f.increment(gradients, 4 * (height - 1) * columns.size);
      });
    }
    at = 0;
    for (const sum of acc.values()) v128.store(get(sums), get(sum), sumStride * at++);
    return f;
  });
}
