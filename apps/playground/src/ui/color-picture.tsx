import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  /** Red, green and blue from 0 to 1: [3, height, width]. A new array for new values. */
  readonly channels: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  readonly label: string;
}

/** A colour picture, one canvas pixel each, which the style sheet enlarges without smoothing. */
export function ColorPicture({ channels, height, width, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const [image, pixels] = [context.createImageData(width, height), width * height];
    for (let i = 0; i < pixels; i++) {
      image.data.set(
        [0, 1, 2].map((c) => channels[c * pixels + i]! * 255),
        i * 4,
      );
      image.data[i * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [channels, height, width]);
  return <canvas ref={canvas} class="heat-map" width={width} height={height} role="img" aria-label={label} />;
}
