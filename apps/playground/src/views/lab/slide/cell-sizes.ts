import { outputSide, pictureSide, type SlideSetting } from "./setting.ts";

/** In CSS pixels, of the stage's own width: below it a channel takes two lines. As in slide.css. */
export const narrowStage = 800;

/** The sides of a grid's cells in CSS pixels. */
export interface CellSizes {
  /** Of the picture's channels, the partial maps and the output map. */
  readonly map: number;
  /** Of the window, the kernel's slice and the products. */
  readonly kernel: number;
}

/** As large as the stage's width allows: a row has an input, three grids of the kernel's size, a map, and signs between them. */
export function cellSizes(width: number, setting: SlideSetting): CellSizes {
  const maps = pictureSide + 2 * setting.padding + outputSide(setting);
  const kernels = 3 * setting.kernelSize;
  if (width >= narrowStage) {
    const size = Math.min(30, Math.floor((width - 270) / (maps + kernels)));
    return { map: size, kernel: size };
  }
  // Input and map side by side where that can be read, else below one another.
  const map = Math.max(20, Math.min(26, Math.floor((width - 36) / maps)));
  return { map, kernel: Math.min(26, Math.floor((width - 116) / kernels)) };
}
