import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Engine } from "../../engine/engine.ts";
import { type Address, pointer } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";
import { roundUp } from "../round-up.ts";
import { type Parts, splitEvenly } from "../split-evenly.ts";
import type { Progression } from "./plane-axis.ts";
import { type TapTable, tapCount, writeTapTable } from "./tap-table.ts";
import { vectorsPerRegister } from "./vectors-per-register.ts";
import { windowKernel } from "./window-kernel.ts";

/** Weights [rows, depth] times windows [depth, columns], group by group. */
export interface WindowProductSpec {
  readonly groups: number;
  /** Of one group, as all that follows. */
  readonly rows: number;
  /** The depth: which places meet the weights, in the order of channels, kernelRows, kernelColumns. */
  readonly taps: TapTable;
  /** Windows that follow each other place by place. */
  readonly columns: number;
  /** Which of the weights [.., .., kernelHeight, kernelWidth] take part. */
  readonly kernelRows: Progression;
  readonly kernelColumns: Progression;
  readonly kernelWidth: number;
  /** From the weights of one row, or of one channel of the depth, to those of the next, in elements. */
  readonly rowStride: number;
  readonly channelStride: number;
  readonly groupStride: number;
  /** From one row of the product to the next, in elements: at least `productStride`. */
  readonly productStride: number;
}

export interface WindowProductAddresses {
  readonly table: number;
  readonly weights: number;
  readonly source: number;
  readonly product: number;
}

interface Tiles {
  readonly rows: readonly Parts[];
  /** Vectors of 4 columns. */
  readonly vectors: number;
  readonly panels: number;
  /** Of what remains beside the panels. */
  readonly restVectors: number;
}

/**
 * As wide as registers allow: V8 leaves 15 to a tile, its accumulators, one row of pixels and one weight; without a fused multiply-add a
 * product needs one on its way to a sum, and a tile of 5 rows is as good as one of 6. Taller tiles than those of other products, since windows
 * start anywhere: loads that cross two cache lines cost two.
 */
function tilesFor(engine: Engine, size: { rows: number; columns: number }): Tiles {
  const rows = splitEvenly(size.rows, engine.relaxedMadd ? 6 : 5);
  const registers = Math.floor((engine.relaxedMadd ? 14 : 13) / (rows[0]!.size + 1));
  const perRegister = vectorsPerRegister(engine);
  const needed = roundUp(Math.ceil(size.columns / 4), perRegister);
  const vectors = Math.min(registers * perRegister, needed);
  const panels = Math.floor(needed / vectors);
  return { rows, vectors, panels, restVectors: needed - panels * vectors };
}

/** The length that a row of the product needs, in elements: tiles are stored whole. */
export function productStride(engine: Engine, spec: { rows: number; columns: number }): number {
  const { vectors, panels, restVectors } = tilesFor(engine, spec);
  return 4 * (vectors * panels + restVectors);
}

export const depthOf = ({ taps }: WindowProductSpec): number => taps.channels * tapCount(taps);

/** Elements of the packed weights. */
export const packedSize = (spec: WindowProductSpec): number => spec.groups * spec.rows * depthOf(spec);

/** Packs the weights as the tiles read them, and writes the table of taps: once for all pictures. */
export function prepareWindowProduct(
  context: KernelContext,
  f: FunctionBuilder,
  spec: WindowProductSpec,
  at: WindowProductAddresses,
  w: Address,
): void {
  const { get, set, f32 } = f;
  const { kernelRows, kernelColumns, kernelWidth } = spec;
  writeTapTable(f, spec.taps, at.table);
  const to = pointer(f, { offset: at.weights });
  const from = pointer(f, w);
  const [ofRows, ofChannel] = [f.local("i32"), f.local("i32")];
  const [ofKernelRow, ofWeight] = [f.local("i32"), f.local("i32")];
  f.repeat(spec.groups, () => {
    set(ofRows, get(from));
    for (const { size, count } of tilesFor(context.engine, spec).rows) {
      f.repeat(count, () => {
        set(ofChannel, get(ofRows));
        f.increment(ofChannel, 4 * (kernelRows.first * kernelWidth + kernelColumns.first));
        f.repeat(spec.taps.channels, () => {
          set(ofKernelRow, get(ofChannel));
          f.repeat(kernelRows.count, () => {
            set(ofWeight, get(ofKernelRow));
            f.repeat(kernelColumns.count, () => {
              for (let row = 0; row < size; row++) {
                f32.store(get(to), f32.load(get(ofWeight), 4 * row * spec.rowStride), 4 * row);
              }
              f.increment(to, 4 * size);
              f.increment(ofWeight, 4 * kernelColumns.step);
            });
            f.increment(ofKernelRow, 4 * kernelRows.step * kernelWidth);
          });
          f.increment(ofChannel, 4 * spec.channelStride);
        });
        f.increment(ofRows, 4 * size * spec.rowStride);
      });
    }
    f.increment(from, 4 * spec.groupStride);
  });
}

/** Writes the product [groups·rows, productStride]. What lies beyond `columns` is undefined. */
export function windowProduct(
  context: KernelContext,
  f: FunctionBuilder,
  spec: WindowProductSpec,
  at: WindowProductAddresses,
): void {
  const { get, set, i32 } = f;
  const { rows, vectors, panels, restVectors } = tilesFor(context.engine, spec);
  const depth = depthOf(spec);
  const rowBytes = 4 * spec.productStride;
  const groupSource = pointer(f, { offset: at.source });
  const groupWeights = pointer(f, { offset: at.weights });
  const groupProduct = pointer(f, { offset: at.product });
  const [source, weights] = [f.local("i32"), f.local("i32")];
  const [columnProduct, product] = [f.local("i32"), f.local("i32")];
  const panel = (width: number) => {
    set(weights, get(groupWeights));
    set(product, get(columnProduct));
    for (const { size, count } of rows) {
      const kernel = windowKernel(context, size, width);
      f.repeat(count, () => {
        f.call(
          kernel,
          get(weights),
          i32.const(at.table),
          i32.const(at.table + 4 * depth),
          get(source),
          get(product),
          i32.const(rowBytes),
        );
        f.increment(weights, 4 * size * depth);
        f.increment(product, size * rowBytes);
      });
    }
    f.increment(source, 16 * width);
    f.increment(columnProduct, 16 * width);
  };
  f.repeat(spec.groups, () => {
    set(source, get(groupSource));
    set(columnProduct, get(groupProduct));
    f.repeat(panels, () => panel(vectors));
    if (restVectors > 0) panel(restVectors);
    f.increment(groupSource, 4 * spec.taps.channels * spec.taps.channelStride);
    f.increment(groupWeights, 4 * spec.rows * depth);
    f.increment(groupProduct, spec.rows * rowBytes);
  });
}
