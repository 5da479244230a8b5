type Size = readonly [height: number, width: number];

/**
 * A plane [H, W] in another size, row-major. Each new value is the average over the area of the old picture that it covers,
 * where parts of pixels count as much as is covered of them. So a smaller picture keeps thin lines, and the mean stays.
 */
export function resizeByArea(plane: Float32Array, [height, width]: Size, [newHeight, newWidth]: Size): Float32Array {
  const [rows, columns] = [coverage(height, newHeight), coverage(width, newWidth)];
  const out = new Float32Array(newHeight * newWidth);
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      let sum = 0;
      for (const row of rows[y]!) {
        for (const column of columns[x]!) sum += row.weight * column.weight * plane[row.index * width + column.index]!;
      }
      out[y * newWidth + x] = sum;
    }
  }
  return out;
}

interface Part {
  readonly index: number;
  readonly weight: number;
}

/** For each of `to` equal parts of a line of `from` pixels: the pixels it covers and how much of it each makes up. */
function coverage(from: number, to: number): Part[][] {
  const step = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * step, Math.min(from, (i + 1) * step)];
    const parts: Part[] = [];
    for (let index = Math.floor(start); index < end; index++) {
      parts.push({ index, weight: (Math.min(end, index + 1) - Math.max(start, index)) / (end - start) });
    }
    return parts;
  });
}
