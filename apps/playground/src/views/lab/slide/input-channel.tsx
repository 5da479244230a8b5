import { labText } from "../../../text/lab/index.ts";
import { GridFrame } from "./grid-frame.tsx";
import { NumberGrid } from "./number-grid.tsx";
import { pictureSide } from "./setting.ts";
import { cells, paddedChannels, place, setting } from "./state.ts";

/** A channel of the picture with its padding, and the window on it. */
export function InputChannel({ channel }: { readonly channel: number }) {
  const text = labText();
  const { padding, kernelSize } = setting.value;
  const { values, isPadding } = paddedChannels.value[channel]!;
  const cell = cells.value.map;
  return (
    <figure>
      <figcaption>{text.channel(channel + 1)}</figcaption>
      <NumberGrid
        values={values}
        columns={pictureSide + 2 * padding}
        cell={cell}
        label={text.slide.inputLabel(channel + 1)}
        largest={6}
        isPale={isPadding}
      >
        <GridFrame row={place.value.top} column={place.value.left} size={kernelSize} cell={cell} />
      </NumberGrid>
    </figure>
  );
}
