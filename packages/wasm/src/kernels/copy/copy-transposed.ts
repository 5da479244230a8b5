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

/** Copies a matrix of values of 32 bits in transposed blocks of 4x4. */
export function copyTransposed(f: FunctionBuilder, spec: CopyTransposed): void {
  const { get, set, v128 } = f;
  const { from, to, rows, columns, fromStride, toStride } = spec;
  const [a, b, c, d] = [f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128")];
  const x = [a, b, c, d] as const;
  const [source, target] = [f.local("i32"), f.local("i32")];
  const [sourceRow, targetRow] = [f.local("i32"), f.local("i32")];
  /** Rows beyond the last are not read: they may lie far behind the buffer. */
  const block = (height: number, width: number) => {
    for (let i = 0; i < height; i++) set(x[i]!, v128.load(row(source, i * fromStride)));
    transposeLanes(f, x);
    for (let i = 0; i < width; i++) storeLanes(f, () => row(target, i * toStride), x[i]!, 0, height);
  };
  const row = (address: Local<"i32">, offset: number) =>
    offset === 0 ? get(address) : f.i32.add(get(address), f.i32.const(offset));
  const blocksOfColumns = (height: number, width: number) => {
    block(height, width);
    f.increment(source, 4 * width);
    f.increment(target, width * toStride);
  };
  const rowOfBlocks = (height: number) => {
    set(source, get(sourceRow));
    set(target, get(targetRow));
    f.repeat(Math.floor(columns / 4), () => blocksOfColumns(height, 4));
    if (columns % 4 > 0) blocksOfColumns(height, columns % 4);
    f.increment(sourceRow, height * fromStride);
    f.increment(targetRow, 4 * height);
  };
  set(sourceRow, get(from));
  set(targetRow, get(to));
  f.repeat(Math.floor(rows / 4), () => rowOfBlocks(4));
  if (rows % 4 > 0) rowOfBlocks(rows % 4);
}
