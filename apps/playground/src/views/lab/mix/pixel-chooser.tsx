import type { ComponentChildren } from "preact";
import { labText } from "../../../text/lab/index.ts";
import { writeNumber } from "../write-number.ts";
import { pixelByKey } from "./choose-pixel.ts";
import { outChannels } from "./mixing.ts";
import { answers, chosenPixel, picture } from "./state.ts";

/** Lets the arrow keys choose the pixel. It is a slider to screen readers, which read out the answers at each new pixel. */
export function PixelChooser({ children }: { readonly children: ComponentChildren }) {
  const text = labText();
  const { side } = picture.value;
  const pixel = chosenPixel.value;
  const { convolution } = answers.value;
  const at = Array.from({ length: outChannels }, (_, row) => convolution[row * side * side + pixel]!);
  const choose = (event: KeyboardEvent) => {
    const chosen = pixelByKey(pixel, event.key, side);
    if (chosen === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    chosenPixel.value = chosen;
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      class="pixel-chooser"
      aria-label={text.mix.pictureLabel}
      aria-valuemin={1}
      aria-valuemax={side * side}
      aria-valuenow={pixel + 1}
      aria-valuetext={text.mix.pixelAnswers(Math.floor(pixel / side) + 1, (pixel % side) + 1, at.map(writeNumber))}
      onKeyDown={choose}
    >
      {children}
    </div>
  );
}
