import { diverging, type Rgb } from "../../../ui/color-scale.ts";
import { writeNumber } from "../write-number.ts";

export interface GridPicture {
  /** In reading order; undefined is not known yet. */
  readonly values: readonly (number | undefined)[];
  readonly columns: number;
  /** The side of a cell in canvas pixels. */
  readonly cell: number;
  /** The value that is tinted most. */
  readonly largest: number;
  /** Cells that are hatched, and whose numbers are pale. */
  readonly isPale?: readonly boolean[] | undefined;
}

// The style sheet's --inset, --line, --text and --muted: a canvas does not know them.
const light = { empty: "#f3f2ef", line: "#dfdfe3", text: "#1d1f24", muted: "#5c6270" };
const dark = { empty: "#15181d", line: "#353a44", text: "#e8e9ec", muted: "#a3a9b6" };

/** Cells with their numbers, tinted by sign and size: half of the maps' colours, so that the numbers can be read. */
export function drawGrid(context: CanvasRenderingContext2D, grid: GridPicture, isDark: boolean): void {
  const { values, columns, cell, largest, isPale } = grid;
  const ink = isDark ? dark : light;
  context.textAlign = "center";
  context.textBaseline = "middle";
  let lastFont = "";
  for (const [i, value] of values.entries()) {
    const [x, y] = [(i % columns) * cell, Math.floor(i / columns) * cell];
    const isEmpty = value === undefined || isPale?.[i];
    context.fillStyle = isEmpty ? ink.empty : css(diverging((value / largest) * 0.5, isDark));
    context.fillRect(x, y, cell, cell);
    if (isPale?.[i]) line(context, ink.line, x, y + cell, x + cell, y);
    if (value === undefined) continue;
    const text = writeNumber(value);
    const font = `${Math.round(cell * (text.length > 2 ? 0.42 : 0.52))}px system-ui, sans-serif`;
    if (font !== lastFont) context.font = font; // a font is looked up each time it is set
    lastFont = font;
    context.fillStyle = isPale?.[i] ? ink.muted : ink.text;
    context.fillText(text, x + cell / 2, y + cell * 0.54);
  }
  const [width, height] = [columns * cell, Math.ceil(values.length / columns) * cell];
  for (let x = cell; x < width; x += cell) line(context, ink.line, x + 0.5, 0, x + 0.5, height);
  for (let y = cell; y < height; y += cell) line(context, ink.line, 0, y + 0.5, width, y + 0.5);
}

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

function line(context: CanvasRenderingContext2D, color: string, x1: number, y1: number, x2: number, y2: number): void {
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
