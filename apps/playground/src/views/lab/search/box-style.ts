import { windowSide } from "../../../engine/search/detect.ts";
import type { Place } from "../../../engine/search/scene.ts";
import { size } from "./state.ts";

/** Where a window lies on the picture, as parts of it. */
export const boxStyle = ({ top, left }: Place) => ({
  top: `${(100 * top) / size.height}%`,
  left: `${(100 * left) / size.width}%`,
  width: `${(100 * windowSide) / size.width}%`,
  height: `${(100 * windowSide) / size.height}%`,
});
