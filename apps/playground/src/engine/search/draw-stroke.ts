import type { Scene } from "./scene.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Pixels. With the soft edge a stroke is about as broad as those of the data set. */
const radius = 1.1;
const softEdge = 1;

/** A new picture with a straight stroke on it, as of a felt pen; coordinates in pixels, from the upper left corner. */
export function drawStroke({ pixels, height, width }: Scene, from: Point, to: Point): Float32Array {
  const drawn = Float32Array.from(pixels);
  const reach = radius + softEdge;
  const clamp = (value: number, most: number) => Math.min(most - 1, Math.max(0, Math.floor(value)));
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
  for (let row = clamp(top, height); row <= clamp(bottom, height); row++) {
    for (let column = clamp(left, width); column <= clamp(right, width); column++) {
      const distance = distanceToSegment({ x: column + 0.5, y: row + 0.5 }, from, to);
      const ink = Math.min(1, Math.max(0, (reach - distance) / softEdge));
      const at = row * width + column;
      drawn[at] = Math.max(drawn[at]!, ink);
    }
  }
  return drawn;
}

function distanceToSegment(p: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : ((p.x - from.x) * dx + (p.y - from.y) * dy) / length2;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(p.x - from.x - at * dx, p.y - from.y - at * dy);
}
