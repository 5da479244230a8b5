import { useRef } from "preact/hooks";
import { dragWeight, keyWeight, type WeightRange } from "./turn-weight.ts";

/** Handlers that let a weight be turned by dragging up and down, for what shows it: a cell or a line. */
export function useDragging(value: number, range: WeightRange, onTurn: (value: number) => void) {
  const hold = useRef<{ readonly start: number; readonly y: number }>(null);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (!(event.currentTarget instanceof Element)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      hold.current = { start: value, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      if (!hold.current) return;
      const turned = dragWeight(hold.current.start, event.clientY - hold.current.y, range);
      if (turned !== value) onTurn(turned);
    },
    onLostPointerCapture: () => {
      hold.current = null;
    },
  };
}

/** The handler that turns a weight by the keys of a slider. */
export function onTurningKey(value: number, range: WeightRange, onTurn: (value: number) => void) {
  return (event: KeyboardEvent) => {
    const turned = event.ctrlKey || event.metaKey || event.altKey ? undefined : keyWeight(value, event.key, range);
    if (turned === undefined) return;
    event.preventDefault();
    onTurn(turned);
  };
}
