import type { Callable, FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { acrossRow } from "./across-row.ts";
import { covered, type PlaneAxis } from "./plane-axis.ts";

const copyType = { params: ["i32", "i32"] } as const; // from, to
/** Tiles read so many bytes beyond the last place they need. */
const slack = 256;

/** A picture [channels, height, width], spread over planes with zeros around them: [channels, row planes, column planes, rows, columns]. */
export class Planes {
  readonly channels: number;
  readonly rows: PlaneAxis;
  readonly columns: PlaneAxis;
  /** In elements, as all strides. */
  readonly rowStride: number;
  readonly planeStride: number;
  readonly channelStride: number;
  readonly bytes: number;

  /** @param window the number of columns that are read at once: rows may share zeros, but must be at least so far apart. */
  constructor(channels: number, rows: PlaneAxis, columns: PlaneAxis, window: number) {
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    // The zeros on the right of a row are those on the left of the next: fewer columns to compute.
    const zeros = columns.firsts.map((_, plane) => {
      const { from, to } = covered(columns, plane);
      return from < to ? Math.min(from, columns.places - to) : columns.places;
    });
    const shared = Math.min(columns.places - window, ...zeros);
    this.rowStride = columns.places - shared;
    this.planeStride = rows.places * this.rowStride;
    this.channelStride = rows.firsts.length * columns.firsts.length * this.planeStride;
    this.bytes = (channels * this.channelStride + shared) * 4 + slack;
  }

  /** From the first place of the first plane. */
  offset(rowPlane: number, row: number, columnPlane: number, column: number): number {
    const plane = rowPlane * this.columns.firsts.length + columnPlane;
    return plane * this.planeStride + row * this.rowStride + column;
  }

  /** Makes all places zero; `copy` writes the pixels only. */
  clear(f: FunctionBuilder, address: number): void {
    f.memoryFill(f.i32.const(address), f.i32.const(0), f.i32.const(this.bytes));
  }

  /** Copies a picture to the planes. */
  copier(context: KernelContext): Callable<typeof copyType.params> {
    const { channels, rows, columns } = this;
    const key = `planes ${JSON.stringify([channels, rows, columns, this.rowStride, this.planeStride])}`;
    return context.function(key, () => {
      const f = context.module.function(key, copyType);
      const { get, set, i32 } = f;
      const [from, to] = f.args;
      const [source, target] = [f.local("i32"), f.local("i32")];
      f.repeat(channels, () => {
        rows.firsts.forEach((firstRow, rowPlane) => {
          const inRows = covered(rows, rowPlane);
          if (inRows.from === inRows.to) return;
          const firstPixel = (firstRow + inRows.from * rows.stride) * columns.size;
          columns.firsts.forEach((firstColumn, columnPlane) => {
            const inColumns = covered(columns, columnPlane);
            const pixel = firstPixel + firstColumn + inColumns.from * columns.stride;
            const place = this.offset(rowPlane, inRows.from, columnPlane, inColumns.from);
            set(source, i32.add(get(from), i32.const(4 * pixel)));
            set(target, i32.add(get(to), i32.const(4 * place)));
            f.repeat(inColumns.from < inColumns.to ? inRows.to - inRows.from : 0, () => {
              this.copyRow(f, source, target, inColumns.to - inColumns.from);
              f.increment(source, 4 * rows.stride * columns.size);
              f.increment(target, 4 * this.rowStride);
            });
          });
        });
        f.increment(from, 4 * rows.size * columns.size);
        f.increment(to, 4 * this.channelStride);
      });
      return f;
    });
  }

  /** Copies so many pixels, of which some are left out where there is a stride. */
  private copyRow(f: FunctionBuilder, source: Local<"i32">, target: Local<"i32">, count: number): void {
    const { get, set, v128 } = f;
    const { stride } = this.columns;
    const pixels = f.local("v128");
    const moving = [
      { pointer: source, perColumn: 4 * stride },
      { pointer: target, perColumn: 4 },
    ];
    acrossRow(f, count, moving, (column, lanes) => {
      const offset = 4 * column * stride;
      if (stride === 1) set(pixels, v128.load(get(source), offset));
      else if (stride === 2) {
        const both = [v128.load(get(source), offset), v128.load(get(source), offset + 16)] as const;
        set(pixels, v128.shuffle(...both, [0, 2, 4, 6]));
      } else {
        set(pixels, v128.load32Zero(get(source), offset));
        for (let lane = 1; lane < lanes; lane++) {
          set(pixels, v128.load32Lane(get(source), get(pixels), offset + 4 * lane * stride, lane));
        }
      }
      storeLanes(f, () => get(target), pixels, 4 * column, lanes);
    });
  }
}
