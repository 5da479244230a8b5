import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isDark } from "../../../state/theme.ts";
import { drawGrid } from "./draw-grid.ts";

interface Props {
  /** In reading order; undefined is not known yet. Drawn again when it is another array. */
  readonly values: readonly (number | undefined)[];
  readonly columns: number;
  /** The side of a cell in CSS pixels. */
  readonly cell: number;
  readonly label: string;
  /** The value that is tinted most. */
  readonly largest: number;
  /** Cells that are pale. */
  readonly isPale?: readonly boolean[];
  readonly onChoose?: (index: number) => void;
  /** What lies over the cells. */
  readonly children?: ComponentChildren;
}

/** A small map with its numbers. On a canvas: a thousand elements would be too many to lay out within a frame. */
export function NumberGrid({ values, columns, cell, label, largest, isPale, onChoose, children }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = isDark.value;
  const rows = Math.ceil(values.length / columns);
  const fine = Math.round(cell * devicePixelRatio);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) drawGrid(context, { values, columns, cell: fine, largest, isPale }, dark);
  }, [values, columns, fine, largest, isPale, dark]);
  const choose = (event: PointerEvent) => {
    const [x, y] = [Math.floor(event.offsetX / cell), Math.floor(event.offsetY / cell)];
    if (x >= 0 && x < columns && y >= 0 && y < rows) onChoose?.(y * columns + x);
  };
  return (
    <div class="number-grid">
      <canvas
        ref={canvas}
        width={columns * fine}
        height={rows * fine}
        style={{ width: `${columns * cell}px`, height: `${rows * cell}px`, cursor: onChoose && "pointer" }}
        role="img"
        aria-label={label}
        onPointerUp={choose}
      />
      {children}
    </div>
  );
}
