/** The pixel under a pointer at (x, y), both as a share of the picture's width and height; the nearest one outside. */
export function pixelAt(x: number, y: number, side: number): number {
  const clamp = (share: number) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
  return clamp(y) * side + clamp(x);
}

/** The neighbour that an arrow key leads to, or the row's end for Home and End; undefined for any other key. */
export function pixelByKey(pixel: number, key: string, side: number): number | undefined {
  const [row, column] = [Math.floor(pixel / side), pixel % side];
  const clamp = (place: number) => Math.min(side - 1, Math.max(0, place));
  switch (key) {
    case "ArrowUp":
      return clamp(row - 1) * side + column;
    case "ArrowDown":
      return clamp(row + 1) * side + column;
    case "ArrowLeft":
      return row * side + clamp(column - 1);
    case "ArrowRight":
      return row * side + clamp(column + 1);
    case "Home":
      return row * side;
    case "End":
      return row * side + side - 1;
    default:
      return undefined;
  }
}
