import { PixelCanvas } from "./pixel-canvas.tsx";

interface Props {
  /** Red, green and blue planes of values 0 to 1: [3, height, width], row-major. */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly label: string;
}

/** A colour picture. */
export function Picture({ values, height, width, label }: Props) {
  const paint = (rgba: Uint8ClampedArray) => {
    const plane = height * width;
    for (let i = 0; i < plane; i++) {
      const [red, green, blue] = [values[i]!, values[plane + i]!, values[2 * plane + i]!];
      rgba.set([255 * red, 255 * green, 255 * blue, 255], i * 4);
    }
  };
  return <PixelCanvas height={height} width={width} label={label} paint={paint} inputs={[values]} />;
}
