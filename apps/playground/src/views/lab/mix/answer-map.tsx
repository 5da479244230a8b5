import { diverging } from "../../../ui/color-scale.ts";
import { HeatMap } from "../../../ui/heat-map.tsx";
import { PixelMap } from "./pixel-map.tsx";
import { picture } from "./state.ts";

/** The value at the ends of the maps' colours. */
export const colourRange = 1.5;

interface Props {
  /** [outChannels, side, side] */
  readonly map: Float32Array;
  readonly row: number;
  readonly label: string;
  readonly title: string;
}

/** One output map of either layer. */
export function AnswerMap({ map, row, label, title }: Props) {
  const { side } = picture.value;
  return (
    <figure class="answer-map">
      <PixelMap>
        <HeatMap
          values={map.subarray(row * side * side, (row + 1) * side * side)}
          height={side}
          width={side}
          label={label}
          scale={diverging}
          largest={colourRange}
        />
      </PixelMap>
      <figcaption>{title}</figcaption>
    </figure>
  );
}
