import { writeNumber } from "../write-number.ts";
import { NumberGrid } from "./number-grid.tsx";
import { goTo, maps, placeIndex } from "./state.ts";

interface Props {
  readonly title: string | undefined;
  /** [side, side], when all places are done. */
  readonly values: Float32Array;
  readonly label: string;
}

/** A map up to the place of now; pointing at one of its pixels brings the kernel there. */
export function FillingMap({ title, values, label }: Props) {
  const largest = Math.max(...maps.value.output.map(Math.abs), ...values.map(Math.abs));
  const shown = Array.from(values, (value, i) => (i <= placeIndex.value ? value : undefined));
  return (
    <figure class="slide-map">
      {title && <figcaption>{title}</figcaption>}
      <NumberGrid
        values={shown}
        columns={maps.value.side}
        label={`${label}: ${shown
          .filter((x) => x !== undefined)
          .map(writeNumber)
          .join(" ")}`}
        largest={largest}
        current={placeIndex.value}
        onChoose={goTo}
      />
    </figure>
  );
}
