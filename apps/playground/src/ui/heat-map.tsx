import { isDark } from "../state/theme.ts";
import { type ColorScale, ink } from "./color-scale.ts";
import { PixelCanvas } from "./pixel-canvas.tsx";

interface Props {
  /** [height, width], row-major. A new array for new values: the canvas is drawn again when it is another one. */
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  readonly label: string;
  /** Of a value divided by `largest`; {@link ink} unless said. */
  readonly scale?: ColorScale;
  /** The value of the scale's end; 1 unless said. */
  readonly largest?: number;
}

/** A map of numbers as coloured squares. */
export function HeatMap({ values, height, width, label, scale = ink, largest = 1 }: Props) {
  const dark = isDark.value;
  const paint = (rgba: Uint8ClampedArray) => {
    for (let i = 0; i < width * height; i++) {
      const color = scale(largest === 0 ? 0 : values[i]! / largest, dark);
      // One by one: to set four of them from an array takes several times as long.
      for (let k = 0; k < 3; k++) rgba[4 * i + k] = color[k]!;
      rgba[4 * i + 3] = 255;
    }
  };
  return (
    <PixelCanvas height={height} width={width} label={label} paint={paint} inputs={[values, scale, largest, dark]} />
  );
}
