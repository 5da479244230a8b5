import type { ComponentChildren } from "preact";
import { pixelAt } from "./choose-pixel.ts";
import { chosenPixel, picture } from "./state.ts";

/** A picture or map on which the chosen pixel is framed, and another one is chosen by pointing at it. */
export function PixelMap({ children }: { readonly children: ComponentChildren }) {
  const { side } = picture.value;
  const [row, column] = [Math.floor(chosenPixel.value / side), chosenPixel.value % side];
  const choose = (event: PointerEvent) => {
    if (!(event.currentTarget instanceof Element)) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    chosenPixel.value = pixelAt((event.clientX - left) / width, (event.clientY - top) / height, side);
  };
  return (
    <div class="pixel-map" onPointerDown={choose} onPointerMove={choose}>
      {children}
      <div
        class="pixel-frame"
        style={{
          left: `${(column / side) * 100}%`,
          top: `${(row / side) * 100}%`,
          width: `${100 / side}%`,
          height: `${100 / side}%`,
        }}
      />
    </div>
  );
}
