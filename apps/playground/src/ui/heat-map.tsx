import { useLayoutEffect, useRef } from "preact/hooks";
import { isDark } from "../state/theme.ts";
import { type ColorScale, ink } from "./color-scale.ts";
import { drawInTurn } from "./draw-in-turn.ts";

interface Props {
  /** [height, width], row-major. A new array for new values: the canvas is drawn again when it is another one. */
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  /** What the picture shows, for those who do not see it; empty where a text beside it says so. */
  readonly label: string;
  /** Of a value divided by `largest`; {@link ink} unless said. */
  readonly scale?: ColorScale;
  /** The value of the scale's end; 1 unless said. */
  readonly largest?: number;
}

/** A map of numbers as coloured squares: one canvas pixel each, which the style sheet enlarges without smoothing. */
export function HeatMap({ values, height, width, label, scale = ink, largest = 1 }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = isDark.value;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    return drawInTurn(context.canvas, () => {
      const image = context.createImageData(width, height);
      for (let i = 0; i < width * height; i++) {
        const color = scale(largest === 0 ? 0 : values[i]! / largest, dark);
        // One by one: to set four of them from an array takes several times as long.
        for (let k = 0; k < 3; k++) image.data[4 * i + k] = color[k]!;
        image.data[4 * i + 3] = 255;
      }
      context.putImageData(image, 0, 0);
    });
  }, [values, height, width, scale, largest, dark]);
  const role = label === "" ? { role: "presentation" as const } : { role: "img" as const, "aria-label": label };
  return <canvas ref={canvas} class="heat-map" width={width} height={height} {...role} />;
}
