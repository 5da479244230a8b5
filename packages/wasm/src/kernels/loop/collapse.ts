/** Merges neighbouring dimensions that all operands treat alike, and drops those of size 1, so that inner runs are as long as can be. */
export function collapse(
  sizes: readonly number[],
  varies: readonly (readonly boolean[])[],
): { sizes: number[]; varies: boolean[][] } {
  const merged: number[] = [];
  const masks: boolean[][] = varies.map(() => []);
  sizes.forEach((size, dim) => {
    if (size === 1) return;
    const last = merged.length - 1;
    if (last >= 0 && varies.every((mask, i) => mask[dim] === masks[i]![last])) merged[last]! *= size;
    else {
      merged.push(size);
      varies.forEach((mask, i) => {
        masks[i]!.push(mask[dim]!);
      });
    }
  });
  if (merged.length === 0) {
    merged.push(1);
    for (const mask of masks) mask.push(true);
  }
  return { sizes: merged, varies: masks };
}
