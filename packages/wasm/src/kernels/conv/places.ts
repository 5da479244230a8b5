import type { ColumnBlock, RowBlock } from "./blocks.ts";
import type { VectorTerm } from "./reach.ts";

/** A vector at a place of memory times weights. */
export interface Product {
  /** Of the block. */
  readonly row: number;
  readonly phase: number;
  readonly vector: number;
  readonly sum: number;
  /** The weights of the lanes. */
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

/** What stands for the weights that meet a vector of a row that meets a row of weights. */
export const weightKeyAt = (row: number, { weightKey }: VectorTerm): string => `${row} ${weightKey}`;

/** Each place of a block once, column by column: of many weights, only those of one column are in use at a time. */
export function placesOf(rows: RowBlock, columns: ColumnBlock, rowStride: number): Place[] {
  const products = columns.terms.flatMap((term) =>
    rows.taps.map(({ row, weight, offset }) => {
      const { phase, vector, sum, from, to } = term;
      const at = offset * rowStride + term.at;
      return {
        row,
        phase,
        vector,
        sum,
        weightKey: weightKeyAt(weight, term),
        line: offset,
        column: term.offset,
        at,
        from,
        to,
      };
    }),
  );
  products.sort((a, b) => a.column - b.column || a.line - b.line || a.vector - b.vector);
  const places = new Map<string, Place & { readonly uses: Product[] }>();
  for (const product of products) {
    const { at, vector, from, to } = product;
    // The revectorizer makes pairs of vectors: none may serve as the first of one and the second of another.
    const key = `${at} ${vector} ${from} ${to}`;
    const known = places.get(key);
    if (known) known.uses.push(product);
    else places.set(key, { offset: at, from, to, uses: [product] });
  }
  return [...places.values()];
}
