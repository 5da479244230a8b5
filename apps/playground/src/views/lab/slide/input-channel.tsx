import { labText } from "../../../text/lab/index.ts";
import { NumberGrid } from "./number-grid.tsx";
import { padChannel } from "./padded.ts";
import { pictureSide } from "./setting.ts";
import { numbers, place, setting } from "./state.ts";

/** A channel of the picture with its padding, and the window on it. */
export function InputChannel({ channel }: { readonly channel: number }) {
  const text = labText();
  const { padding, kernelSize } = setting.value;
  const pixels = padChannel(numbers.value.picture, channel, padding);
  const { top, left } = place.value;
  return (
    <figure class="slide-input">
      <figcaption>{text.channel(channel + 1)}</figcaption>
      <NumberGrid
        values={pixels.map(({ value }) => value)}
        columns={pictureSide + 2 * padding}
        label={text.slide.inputLabel(channel + 1)}
        largest={6}
        isPale={(i) => pixels[i]!.isPadding}
      >
        <div class="slide-window" style={{ "--top": top, "--left": left, "--size": kernelSize }} />
      </NumberGrid>
    </figure>
  );
}
