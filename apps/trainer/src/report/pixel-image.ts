import { PNG } from "pngjs";
import type { Grid } from "../lab/grid.ts";
import { type Html, html } from "./html.ts";

/** Red, green, blue and opacity, each 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number, opacity: number];

/** What colour a value has. */
export type ColorScale = (value: number) => Color;

/** A grid as a small PNG in a data URI, one pixel for each value; the page enlarges it. */
export function pngUri({ height, width, values }: Grid, color: ColorScale): string {
  const png = new PNG({ width, height });
  for (const [i, value] of values.entries()) png.data.set(color(value), 4 * i);
  return `data:image/png;base64,${PNG.sync.write(png, { deflateLevel: 9 }).toString("base64")}`;
}

/** @param alt what it shows, for those who do not see it */
export function pixelImage(grid: Grid, color: ColorScale, alt: string): Html {
  return html`<img class="pixels" src="${pngUri(grid, color)}" width="${grid.width}" height="${grid.height}" alt="${alt}">`;
}
