import { labText } from "../../../text/lab/index.ts";
import { pictureSide } from "./setting.ts";
import { maps, setting } from "./state.ts";

/** The formula of the map's height and width with its numbers, and what it means here. */
export function SlideSize() {
  const text = labText().slide;
  const { kernelSize, stride, padding } = setting.value;
  const { side } = maps.value;
  const formula = `⌊(${pictureSide} + 2·${padding} − ${kernelSize}) / ${stride}⌋ + 1`;
  return (
    <p>
      {text.size(formula, side)} {side === pictureSide ? text.sameSize(side) : text.otherSize(pictureSide, side)}{" "}
      {kernelSize === 1 && text.ifOne}
    </p>
  );
}
