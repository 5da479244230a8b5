import type { Callable, FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { KernelContext } from "../kernel-context.ts";
import { roundUp } from "../round-up.ts";
import { storeLanes } from "../store-lanes.ts";
import { acrossRow } from "./across-row.ts";
import { covered, type PlaneAxis } from "./plane-axis.ts";

const copyType = { params: ["i32", "i32"] } as const; // from, to
/** Tiles read so many bytes beyond the last place they need. */
const slack = 256;

/** Pixels pixel, pixel + stride, ... of a row, which lie side by side in a plane. */
interface ColumnPart {
  readonly plane: number;
  readonly place: number;
  readonly pixel: number;
  readonly count: number;
}

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
  /** How far the first place of each column plane lies beyond the plane's start. */
  private readonly leads: readonly number[];

  /**
   * @param window the number of columns that are read at once: rows may share zeros, but must be at least so far apart.
   * @param aligned whether the pixels of each row start at a whole vector, which makes rows longer, and faster to write: a store across the border
   * of two vectors may take twice the time
   */
  constructor(channels: number, rows: PlaneAxis, columns: PlaneAxis, window: number, aligned = false) {
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    // The zeros on the right of a row are those on the left of the next: fewer columns to compute.
    const zeros = columns.firsts.map((_, plane) => {
      const { from, to } = covered(columns, plane);
      return from < to ? Math.min(from, columns.places - to) : columns.places;
    });
    const shared = Math.min(columns.places - window, ...zeros);
    this.leads = columns.firsts.map((_, plane) => {
      const { from } = covered(columns, plane);
      return aligned ? roundUp(from, 4) - from : 0;
    });
    this.rowStride = roundUp(columns.places - shared, aligned ? 4 : 1);
    this.planeStride = rows.places * this.rowStride + (aligned ? 4 : 0);
    this.channelStride = rows.firsts.length * columns.firsts.length * this.planeStride;
    this.bytes = (channels * this.channelStride + shared) * 4 + slack;
  }

  /** From the first place of the first plane. */
  offset(rowPlane: number, row: number, columnPlane: number, column: number): number {
    const plane = rowPlane * this.columns.firsts.length + columnPlane;
    return plane * this.planeStride + row * this.rowStride + this.leads[columnPlane]! + column;
  }

  /** Makes all places zero; `copy` writes the pixels only. */
  clear(f: FunctionBuilder, address: number): void {
    f.memoryFill(f.i32.const(address), f.i32.const(0), f.i32.const(this.bytes));
  }

  /** Copies a picture to the planes. */
  copier(context: KernelContext): Callable<typeof copyType.params> {
    const { channels, rows, columns } = this;
    const key = `planes ${JSON.stringify([channels, rows, columns, this.rowStride, this.planeStride, this.leads])}`;
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
          for (const parts of this.columnParts()) {
            const pixel = firstPixel + Math.min(...parts.map((part) => part.pixel));
            const places = parts.map(({ plane, place }) => this.offset(rowPlane, inRows.from, plane, place));
            set(source, i32.add(get(from), i32.const(4 * pixel)));
            set(target, i32.add(get(to), i32.const(4 * Math.min(...places))));
            f.repeat(inRows.to - inRows.from, () => {
              this.copyRow(f, source, target, parts);
              f.increment(source, 4 * rows.stride * columns.size);
              f.increment(target, 4 * this.rowStride);
            });
          }
        });
        f.increment(from, 4 * rows.size * columns.size);
        f.increment(to, 4 * this.channelStride);
      });
      return f;
    });
  }

  /** What is copied of a row, by what is read at once: every other pixel is read with its neighbours, which may be those of another plane. */
  private columnParts(): ColumnPart[][] {
    const { columns } = this;
    const parts = columns.firsts.map((first, plane) => {
      const { from, to } = covered(columns, plane);
      return { plane, place: from, pixel: first + from * columns.stride, count: to - from };
    });
    const busy = parts.filter(({ count }) => count > 0);
    const together = columns.stride === 2 && busy.length === 2 && busy[0]!.count === busy[1]!.count;
    return together ? [busy] : busy.map((part) => [part]);
  }

  private copyRow(f: FunctionBuilder, source: Local<"i32">, target: Local<"i32">, parts: readonly ColumnPart[]): void {
    const { get, set, v128 } = f;
    const { stride } = this.columns;
    const [pixels, next, chosen] = [f.local("v128"), f.local("v128"), f.local("v128")];
    const moving = [
      { pointer: source, perColumn: 4 * stride },
      { pointer: target, perColumn: 4 },
    ];
    const firstPixel = Math.min(...parts.map(({ pixel }) => pixel));
    const places = parts.map(({ plane, place }) => this.offset(0, 0, plane, place));
    acrossRow(f, parts[0]!.count, moving, (column, lanes) => {
      const offset = 4 * column * stride;
      const store = (values: Local<"v128">, part: number) => {
        storeLanes(f, () => get(target), values, 4 * (column + places[part]! - Math.min(...places)), lanes);
      };
      if (stride === 2) {
        set(pixels, v128.load(get(source), offset));
        set(next, v128.load(get(source), offset + 16));
        parts.forEach(({ pixel }, part) => {
          const first = pixel - firstPixel;
          set(chosen, v128.shuffle(get(pixels), get(next), [first, first + 2, first + 4, first + 6]));
          store(chosen, part);
        });
        return;
      }
      if (stride === 1) set(pixels, v128.load(get(source), offset));
      else {
        set(pixels, v128.load32Zero(get(source), offset));
        for (let lane = 1; lane < lanes; lane++) {
          set(pixels, v128.load32Lane(get(source), get(pixels), offset + 4 * lane * stride, lane));
        }
      }
      store(pixels, 0);
    });
  }
}
