import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { storeLanes } from "../store-lanes.ts";
import { transposeLanes } from "../transpose-lanes.ts";

/** The dimension that values follow each other along in the source, if in the target they do so along the last, and both are long enough. */
export function transposable(
  sizes: readonly number[],
  fromStrides: readonly number[],
  toStrides: readonly number[],
  bytes: 1 | 4,
): number | undefined {
  const last = sizes.length - 1;
  const partner = fromStrides.indexOf(1);
  const fits = bytes === 4 && toStrides[last] === 1 && partner >= 0 && partner !== last;
  return fits && sizes[last]! >= 3 && sizes[partner]! >= 3 ? partner : undefined;
}

export interface CopyTransposed {
  /** [rows, columns], each row's values following each other. */
  readonly from: Local<"i32">;
  /** [columns, rows], likewise. */
  readonly to: Local<"i32">;
  readonly rows: number;
  readonly columns: number;
  /** From one row to the next, in bytes. */
  readonly fromStride: number;
  readonly toStride: number;
}

/** As many values as a line of the cache has: all of it is read before it has to make room for another. */
const stripWidth = 16;

/** Copies a matrix of values of 32 bits in transposed blocks of 4x4, strip of columns by strip. */
export function copyTransposed(f: FunctionBuilder, spec: CopyTransposed): void {
  const { get, set, i32, v128 } = f;
  const { rows, columns, fromStride, toStride } = spec;
  const x = [f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128")] as const;
  const [from, to, source, target] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
  const row = (address: Local<"i32">, offset: number) =>
    offset === 0 ? get(address) : i32.add(get(address), i32.const(offset));
  /** Rows beyond the last are not read: they may lie far behind the buffer. */
  const block = (height: number, width: number) => {
    for (let i = 0; i < height; i++) set(x[i]!, v128.load(row(source, i * fromStride)));
    transposeLanes(f, x);
    for (let i = 0; i < width; i++) storeLanes(f, () => row(target, i * toStride), x[i]!, 0, height);
    f.increment(source, 4 * width);
    f.increment(target, width * toStride);
  };
  const rowOfBlocks = (height: number, width: number) => {
    f.repeat(Math.floor(width / 4), () => block(height, 4));
    if (width % 4 > 0) block(height, width % 4);
    f.increment(source, height * fromStride - 4 * width);
    f.increment(target, 4 * height - width * toStride);
  };
  const strip = (width: number) => {
    set(source, get(from));
    set(target, get(to));
    f.repeat(Math.floor(rows / 4), () => rowOfBlocks(4, width));
    if (rows % 4 > 0) rowOfBlocks(rows % 4, width);
    f.increment(from, 4 * width);
    f.increment(to, width * toStride);
  };
  set(from, get(spec.from));
  set(to, get(spec.to));
  f.repeat(Math.floor(columns / stripWidth), () => strip(stripWidth));
  if (columns % stripWidth > 0) strip(columns % stripWidth);
}
