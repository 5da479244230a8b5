import type { BlockTerm, ColumnBlock, RowBlock } from "./blocks.ts";

/** A vector at a place of memory times weights. */
export interface Product extends BlockTerm {
  /** Of the block. */
  readonly row: number;
  /** The numbers of the lanes' weights. */
  readonly weightKey: string;
}

/** What is read at once, and serves all products. */
export interface Place {
  /** Beyond the block's first row and column, in elements. */
  readonly offset: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly uses: readonly Product[];
}

/** The numbers of the weights that meet a vector of a row that meets a row of weights. */
export const weightsAt = (
  row: number,
  kernelWidth: number,
  columns: readonly (number | undefined)[],
): (number | undefined)[] => columns.map((column) => (column === undefined ? undefined : row * kernelWidth + column));

/** Each place of a block once, column by column: of many weights, only those of one column are in use at a time. */
export function placesOf(rows: RowBlock, columns: ColumnBlock, rowStride: number, kernelWidth: number): Place[] {
  const products = rows.taps.flatMap(({ row, weight, offset }) =>
    columns.terms.map((term) => ({
      ...{ ...term, row, line: offset, offset: offset * rowStride + term.at, column: term.offset },
      weightKey: weightsAt(weight, kernelWidth, term.weights).join(),
    })),
  );
  products.sort((a, b) => a.column - b.column || a.line - b.line || a.vector - b.vector);
  const places = new Map<string, Place & { readonly uses: Product[] }>();
  for (const product of products) {
    const { offset, vector, from, to } = product;
    // The revectorizer makes pairs of vectors: none may serve as the first of one and the second of another.
    const key = `${[offset, vector, from, to]}`;
    const place = places.get(key) ?? { offset, from, to, uses: [] };
    place.uses.push(product);
    places.set(key, place);
  }
  return [...places.values()];
}
