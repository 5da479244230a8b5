import { useLayoutEffect, useRef } from "preact/hooks";
import { drawInTurn } from "./draw-in-turn.ts";

interface Props {
  readonly height: number;
  readonly width: number;
  /** What the picture shows, for those who do not see it; empty where a text beside it says so. */
  readonly label: string;
  /** Writes the pixels: [height, width, 4], red, green, blue and opacity, 0 to 255. */
  readonly paint: (rgba: Uint8ClampedArray) => void;
  /** What `paint` depends on: it is called again when one of these is another. */
  readonly inputs: readonly unknown[];
}

/** A picture of one canvas pixel for each of its own, which the style sheet enlarges without smoothing. */
export function PixelCanvas({ height, width, label, paint, inputs }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    return drawInTurn(context.canvas, () => {
      const image = context.createImageData(width, height);
      paint(image.data);
      context.putImageData(image, 0, 0);
    });
  }, [height, width, ...inputs]);
  const role = label === "" ? { role: "presentation" as const } : { role: "img" as const, "aria-label": label };
  return <canvas ref={canvas} class="heat-map" width={width} height={height} {...role} />;
}
