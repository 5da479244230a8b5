import { useRef } from "preact/hooks";
import { searchText } from "../../../text/lab/search/index.ts";
import { boxStyle } from "./box-style.ts";
import { moveStamp, removeStamp, type Stamp, size } from "./state.ts";

/** Takes hold of a dropped digit: by pointer, or by keys. */
export function StampHandle({ stamp }: { readonly stamp: Stamp }) {
  const text = searchText();
  const hold = useRef<{ readonly x: number; readonly y: number; readonly stamp: Stamp }>(null);
  const { id, digit, top, left } = stamp;
  return (
    <button
      type="button"
      class="search-stamp"
      style={boxStyle(stamp)}
      aria-label={text.stamp(digit, top + 1, left + 1)}
      onPointerDown={(event) => {
        event.stopPropagation(); // or the picture would be drawn on
        event.currentTarget.setPointerCapture(event.pointerId);
        hold.current = { x: event.clientX, y: event.clientY, stamp };
      }}
      onPointerMove={(event) => {
        const stage = event.currentTarget.parentElement;
        if (!hold.current || !stage) return;
        const perPixel = stage.clientWidth / size.width;
        const { x, y, stamp: start } = hold.current;
        moveStamp(id, start.top + (event.clientY - y) / perPixel, start.left + (event.clientX - x) / perPixel);
      }}
      onLostPointerCapture={() => {
        hold.current = null;
      }}
      onKeyDown={(event) => {
        const step = steps[event.key];
        const pixels = event.shiftKey ? 10 : 1;
        if (step) moveStamp(id, top + pixels * step[0], left + pixels * step[1]);
        else if (event.key === "Delete" || event.key === "Backspace") removeStamp(id);
        else return;
        event.preventDefault();
      }}
    />
  );
}

/** Rows and columns. */
const steps: Partial<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
