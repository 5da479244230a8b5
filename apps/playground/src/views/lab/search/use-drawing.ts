import { useRef } from "preact/hooks";
import { drawStroke } from "../../../engine/search/draw-stroke.ts";
import { drawn, size } from "./state.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Handlers that draw on the picture where a pointer goes while it is down. */
export function useDrawing() {
  const last = useRef<Point>(null);
  const draw = (from: Point, to: Point) => {
    drawn.value = drawStroke({ ...size, pixels: drawn.value }, from, to);
    last.current = to;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || !(event.currentTarget instanceof Element)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = pixelAt(event);
      draw(at, at);
    },
    onPointerMove: (event: PointerEvent) => {
      if (last.current) draw(last.current, pixelAt(event));
    },
    onLostPointerCapture: () => {
      last.current = null;
    },
  };
}

/** Where a pointer is, in pixels of the picture that the handler's element shows. */
function pixelAt(event: PointerEvent): Point {
  if (!(event.currentTarget instanceof Element)) throw new Error("a handler of an element");
  const box = event.currentTarget.getBoundingClientRect();
  return {
    x: ((event.clientX - box.left) / box.width) * size.width,
    y: ((event.clientY - box.top) / box.height) * size.height,
  };
}
