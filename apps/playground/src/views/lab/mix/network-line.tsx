import { useDragging } from "../use-turning.ts";
import { writeNumber } from "../write-number.ts";
import { type Entry, entryValue, weightRange } from "./mixing.ts";
import { isTouched, mixing, touchEntry, turnEntry } from "./state.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly entry: Entry;
  readonly from: Point;
  readonly to: Point;
}

/** A weight as a line: its width is the size, its colour and dashes the sign. It is dragged as its cell in the matrix is. */
export function NetworkLine({ entry, from, to }: Props) {
  const weight = entryValue(mixing.value, entry);
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  const handlers = useDragging(weight, weightRange, (value) => turnEntry(entry, value));
  return (
    <g
      class={isTouched(entry) ? "network-line touched" : "network-line"}
      onPointerEnter={() => touchEntry(entry)}
      onPointerLeave={() => touchEntry(undefined)}
      {...handlers}
    >
      <title>{writeNumber(weight)}</title>
      <line {...ends} class="grip" />
      <line {...ends} class={lineClass(weight)} stroke-width={1 + Math.abs(weight) * 3} />
    </g>
  );
}

function lineClass(weight: number): string {
  if (weight === 0) return "none";
  return weight < 0 ? "minus" : "plus";
}
