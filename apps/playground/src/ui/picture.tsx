import { useLayoutEffect, useRef } from "preact/hooks";
import { drawInTurn } from "./draw-in-turn.ts";

interface Props {
  /** Red, green and blue planes of values 0 to 1: [3, height, width], row-major. */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly label: string;
}

/** A colour picture, one canvas pixel each, which the style sheet enlarges without smoothing. */
export function Picture({ values, height, width, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    return drawInTurn(context.canvas, () => {
      const image = context.createImageData(width, height);
      const plane = height * width;
      for (let i = 0; i < plane; i++) {
        const [red, green, blue] = [values[i]!, values[plane + i]!, values[2 * plane + i]!];
        image.data.set([255 * red, 255 * green, 255 * blue, 255], i * 4);
      }
      context.putImageData(image, 0, 0);
    });
  }, [values, height, width]);
  const role = label === "" ? { role: "presentation" as const } : { role: "img" as const, "aria-label": label };
  return <canvas ref={canvas} class="heat-map" width={width} height={height} {...role} />;
}
