import type { Reach, VectorTerm } from "./reach.ts";

/** So many blocks that are computed alike. */
export interface Run<B> {
  readonly block: B;
  /** The number of the first. */
  readonly first: number;
  readonly count: number;
}

/** Blocks in runs: those within a picture are alike, those at its edges are not. */
function runsOf<B>(count: number, blockAt: (index: number) => B): Run<B>[] {
  const runs: { block: B; first: number; count: number }[] = [];
  let last = "";
  for (let index = 0; index < count; index++) {
    const block = blockAt(index);
    const text = JSON.stringify(block);
    if (text === last) runs.at(-1)!.count++;
    else runs.push({ block, first: index, count: 1 });
    last = text;
  }
  return runs;
}

/** Rows that are computed at once, with the taps that meet a row of the source. */
export interface RowBlock {
  readonly height: number;
  readonly taps: readonly { readonly row: number; readonly weight: number; readonly offset: number }[];
}

export function rowBlocks({ size, sourceSize, advance, phases }: Reach, most: number): Run<RowBlock>[] {
  const period = phases.length;
  return runsOf(Math.ceil(size / most), (index) => {
    const height = Math.min(most, size - index * most);
    const taps = Array.from({ length: height }, (_, row) => row).flatMap((row) =>
      phases[row % period]!.map(({ weight, offset }) => ({
        ...{ row, weight, offset: Math.floor(row / period) * advance + offset },
      })),
    );
    const start = (index * most * advance) / period;
    return { height, taps: taps.filter(({ offset }) => start + offset >= 0 && start + offset < sourceSize) };
  });
}

/** A term of a block. */
export interface BlockTerm extends VectorTerm {
  /** The number of the four outputs of its phase. */
  readonly vector: number;
  /** The offset for that vector. */
  readonly at: number;
  /** Lanes before this one are to be read as 0. */
  readonly from?: number | undefined;
  /** Lanes from this one on are to be read as 0. */
  readonly to?: number | undefined;
}

/** Columns that are computed at once, with the terms that meet elements of the source. */
export interface ColumnBlock {
  readonly width: number;
  readonly terms: readonly BlockTerm[];
}

/** @param exact whether elements of the source count as 0 where there is no output, too */
export function columnBlocks(
  { size, sourceSize, advance, phases }: Reach,
  terms: readonly VectorTerm[],
  vectors: number,
  exact: boolean,
): Run<ColumnBlock>[] {
  const period = phases.length;
  const columns = 4 * vectors * period;
  return runsOf(Math.ceil(size / columns), (index) => {
    const width = Math.min(columns, size - index * columns);
    const ofBlock = terms.flatMap((term) => {
      const found = Array.from({ length: vectors }, (_, vector) => {
        const lanes = term.outputs.filter((output) => (4 * vector + output) * period + term.phase < width).length;
        const at = term.offset + 4 * advance * vector;
        const start = 4 * vectors * advance * index + at;
        return { vector, at, lanes, from: -start, to: Math.min(sourceSize - start, exact ? lanes : Infinity) };
      }).filter(({ lanes, from, to }) => lanes > 0 && from < 4 && to > Math.max(0, from));
      // All vectors of a term have the same masks, or none: the revectorizer makes pairs of what is computed alike.
      const isFrom = found.some(({ from }) => from > 0);
      const isTo = found.some(({ to, lanes }) => to < (exact ? 4 : lanes));
      return found.map(({ vector, at, from, to }) => ({
        ...{ ...term, vector, at },
        ...{ from: isFrom ? from : undefined, to: isTo ? to : undefined },
      }));
    });
    return { width, terms: ofBlock };
  });
}
