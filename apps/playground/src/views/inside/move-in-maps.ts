export interface PlaceInMaps {
  readonly map: number;
  readonly row: number;
  readonly column: number;
}

interface Sizes {
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** Where a key goes to; nothing for other keys. At an edge it stays; where maps have one value only, arrows go from map to map. */
export function moveInMaps(place: PlaceInMaps, key: string, { count, height, width }: Sizes): PlaceInMaps | undefined {
  const { map, row, column } = place;
  const within = (value: number, n: number) => Math.min(n - 1, Math.max(0, value));
  const single = height * width === 1;
  switch (key) {
    case "ArrowLeft":
      return single ? { ...place, map: within(map - 1, count) } : { ...place, column: within(column - 1, width) };
    case "ArrowRight":
      return single ? { ...place, map: within(map + 1, count) } : { ...place, column: within(column + 1, width) };
    case "ArrowUp":
      return { ...place, row: within(row - 1, height) };
    case "ArrowDown":
      return { ...place, row: within(row + 1, height) };
    case "PageUp":
      return { ...place, map: within(map - 1, count) };
    case "PageDown":
      return { ...place, map: within(map + 1, count) };
    case "Home":
      return { map: 0, row: 0, column: 0 };
    case "End":
      return { map: count - 1, row: height - 1, column: width - 1 };
    default:
      return undefined;
  }
}

/** The place in a map that a pointer is over. */
export function placeAt(
  box: Pick<DOMRect, "left" | "top" | "width" | "height">,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  map: number,
  { height, width }: Sizes,
): PlaceInMaps {
  const along = (at: number, size: number, n: number) => Math.min(n - 1, Math.max(0, Math.floor((at / size) * n)));
  return {
    map,
    row: along(clientY - box.top, box.height, height),
    column: along(clientX - box.left, box.width, width),
  };
}
