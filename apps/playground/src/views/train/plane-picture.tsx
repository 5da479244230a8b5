import { useEffect, useRef } from "preact/hooks";
import { dataInfo } from "../../state/data.ts";
import { isDark } from "../../state/theme.ts";
import { ClassKey } from "./class-key.tsx";
import { drawPlane, regionOf } from "./draw-plane.ts";
import { plane } from "./watch-plane.ts";

const pixels = 480;

/** The training points, over what the model says of each place of the plane. */
export function PlanePicture() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [info, shown, dark] = [dataInfo.value, plane.value, isDark.value];
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context && info) drawPlane(context, { info, region: regionOf(info.samples.values), plane: shown, dark });
  }, [info, shown, dark]);
  return (
    <div>
      <h2>What the model says of the plane</h2>
      <canvas
        ref={canvas}
        class="plane"
        width={pixels}
        height={pixels}
        role="img"
        aria-label="The training points in the colours of their classes, over the class that the model gives each place"
      />
      {info && <ClassKey classes={info.classes} />}
    </div>
  );
}
