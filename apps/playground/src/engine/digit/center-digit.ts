/** MNIST's pictures: digits of at most 20×20 pixels in 28×28. */
const SIZE = 28;
const BOX = 20;

/**
 * A drawing as MNIST would have it: cut out, scaled into 20×20 pixels with its proportions, and moved by whole pixels so that its centre of mass is
 * in the middle of 28×28.
 * @param ink [height, width], row-major, 0 to 1
 * @returns [28, 28], the darkest pixel 1; nothing if there is no ink
 * @see http://yann.lecun.com/exdb/mnist/ "The original black and white images were size normalized to fit in a 20x20 pixel box"
 */
export function centerDigit(ink: ArrayLike<number>, height: number, width: number): Float32Array | undefined {
  const box = boundsOf(ink, height, width);
  if (!box) return undefined;
  const side = Math.max(box.height, box.width);
  const [rows, columns] = [box.height, box.width].map((n) => Math.max(1, Math.round((BOX * n) / side)));
  const small = new Float32Array(rows! * columns!);
  for (let row = 0; row < rows!; row++) {
    for (let column = 0; column < columns!; column++) {
      const vertical = [box.top + (row * box.height) / rows!, box.top + ((row + 1) * box.height) / rows!] as const;
      const horizontal = [
        box.left + (column * box.width) / columns!,
        box.left + ((column + 1) * box.width) / columns!,
      ] as const;
      small[row * columns! + column] = meanOf(ink, width, vertical, horizontal);
    }
  }
  return placed(small, rows!, columns!);
}

interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

function boundsOf(ink: ArrayLike<number>, height: number, width: number): Box | undefined {
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (ink[row * width + column]! <= 0) continue;
      [top, bottom] = [Math.min(top, row), row];
      [left, right] = [Math.min(left, column), Math.max(right, column)];
    }
  }
  return bottom < 0 ? undefined : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** Over a rectangle whose edges may lie within pixels. */
function meanOf(
  ink: ArrayLike<number>,
  width: number,
  rows: readonly [number, number],
  columns: readonly [number, number],
): number {
  let [sum, area] = [0, 0];
  for (let row = Math.floor(rows[0]); row < rows[1]; row++) {
    const high = Math.min(row + 1, rows[1]) - Math.max(row, rows[0]);
    for (let column = Math.floor(columns[0]); column < columns[1]; column++) {
      const part = high * (Math.min(column + 1, columns[1]) - Math.max(column, columns[0]));
      // At the end of the ink, rounding may reach for a pixel beyond it.
      sum += part * (ink[row * width + column] ?? 0);
      area += part;
    }
  }
  return sum / area;
}

function placed(small: Float32Array, rows: number, columns: number): Float32Array {
  const most = small.reduce((a, b) => Math.max(a, b));
  let [mass, y, x] = [0, 0, 0];
  for (const [i, value] of small.entries()) {
    mass += value;
    y += value * (Math.floor(i / columns) + 0.5);
    x += value * ((i % columns) + 0.5);
  }
  // Some of a digit would be cut off where its centre of mass is far from its middle: then it stays at the edge.
  const start = (centre: number, n: number) => Math.min(SIZE - n, Math.max(0, Math.round(SIZE / 2 - centre / mass)));
  const [top, left] = [start(y, rows), start(x, columns)];
  const picture = new Float32Array(SIZE * SIZE);
  for (const [i, value] of small.entries()) {
    picture[(top + Math.floor(i / columns)) * SIZE + left + (i % columns)] = value / most;
  }
  return picture;
}
