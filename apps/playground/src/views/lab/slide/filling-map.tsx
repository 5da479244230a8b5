import { writeNumber } from "../write-number.ts";
import { GridFrame } from "./grid-frame.tsx";
import { NumberGrid } from "./number-grid.tsx";
import { cells, goTo, maps, place, placeIndex } from "./state.ts";

interface Props {
  readonly title: string | undefined;
  /** [side, side], when all places are done. */
  readonly values: Float32Array;
  readonly label: string;
}

/** A map up to the place of now; pointing at one of its pixels brings the kernel there. */
export function FillingMap({ title, values, label }: Props) {
  const known = values.subarray(0, placeIndex.value + 1);
  const largest = Math.max(...maps.value.output.map(Math.abs), ...values.map(Math.abs));
  const cell = cells.value.map;
  return (
    <figure class="slide-map">
      {title && <figcaption>{title}</figcaption>}
      <NumberGrid
        values={Array.from(values, (value, i) => (i < known.length ? value : undefined))}
        columns={maps.value.side}
        cell={cell}
        label={`${label}: ${Array.from(known, writeNumber).join(" ")}`}
        largest={largest}
        onChoose={goTo}
      >
        <GridFrame row={place.value.row} column={place.value.column} size={1} cell={cell} />
      </NumberGrid>
    </figure>
  );
}
