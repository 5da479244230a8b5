/** The sizes of an n-dimensional block, and for each of several places in memory how far each dimension steps. */
export interface Block {
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** The same block with fewer dimensions: those of size 1 are dropped, and neighbours become one where every place walks them in one stride. */
export function mergeDims({ sizes, strides }: Block): Block {
  const merged: { size: number; strides: number[] }[] = [];
  sizes.forEach((size, dim) => {
    if (size === 1) return;
    const here = strides.map((place) => place[dim]!);
    const last = merged.at(-1);
    if (last?.strides.every((stride, i) => stride === here[i]! * size)) {
      merged[merged.length - 1] = { size: last.size * size, strides: here };
    } else merged.push({ size, strides: here });
  });
  return {
    sizes: merged.map(({ size }) => size),
    strides: strides.map((_, i) => merged.map((dim) => dim.strides[i]!)),
  };
}
