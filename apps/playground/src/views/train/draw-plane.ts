import type { Plane, Region } from "../../engine/plane.ts";
import type { DataInfo } from "../../engine/preview.ts";
import { classColor } from "../../ui/color-scale.ts";

interface What {
  readonly info: DataInfo;
  readonly region: Region;
  readonly plane: Plane | undefined;
  readonly dark: boolean;
}

/** The square around points [n, 2], with some space at its edges. */
export function regionOf(points: Float32Array): Region {
  const of = (axis: number) => points.filter((_, i) => i % 2 === axis);
  const [x, y] = [of(0), of(1)].map((values) => ({
    low: values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    high: values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  }));
  const side = 1.1 * Math.max(x!.high - x!.low, y!.high - y!.low, 1e-6);
  return { left: (x!.low + x!.high - side) / 2, bottom: (y!.low + y!.high - side) / 2, side };
}

export function drawPlane(context: CanvasRenderingContext2D, { info, region, plane, dark }: What): void {
  const { width: pixels } = context.canvas;
  context.fillStyle = dark ? "#15181d" : "#f7f7f7";
  context.fillRect(0, 0, pixels, pixels);
  if (plane) drawClasses(context, plane, dark);
  const { values, labels } = info.samples;
  context.lineWidth = 1;
  context.strokeStyle = dark ? "#15181d" : "#ffffff";
  for (const [i, label] of labels.entries()) {
    const x = ((values[2 * i]! - region.left) / region.side) * pixels;
    const y = (1 - (values[2 * i + 1]! - region.bottom) / region.side) * pixels;
    context.beginPath();
    context.arc(x, y, 3.2, 0, 2 * Math.PI);
    context.fillStyle = classColor(label, dark);
    context.fill();
    context.stroke();
  }
}

/** Each place in the colour of its class, the fainter the less sure the model is. */
function drawClasses(context: CanvasRenderingContext2D, { n, classes, sureness }: Plane, dark: boolean): void {
  const image = new ImageData(n, n);
  for (let i = 0; i < n * n; i++) {
    const color = Number.parseInt(classColor(classes[i]!, dark).slice(1), 16);
    image.data.set([color >> 16, (color >> 8) & 255, color & 255, 140 * sureness[i]! ** 2], 4 * i);
  }
  const small = new OffscreenCanvas(n, n);
  small.getContext("2d")!.putImageData(image, 0, 0); // there is none only if another kind was asked for before
  context.drawImage(small, 0, 0, context.canvas.width, context.canvas.height);
}
