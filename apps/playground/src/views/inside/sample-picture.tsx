import type { DataInfo } from "../../engine/preview.ts";
import { HeatMap } from "../../ui/heat-map.tsx";
import { Picture } from "../../ui/picture.tsx";

interface Props {
  readonly values: Float32Array;
  readonly info: DataInfo;
  readonly label: string;
}

const mostFeatures = 8;

/** A picture, or the numbers of a point or of a line in a table. */
export function SamplePicture({ values, info, label }: Props) {
  const { inputShape, features } = info;
  const [channels, height = 1, width = 1] = inputShape;
  if (inputShape.length === 3) {
    const Shown = channels === 3 ? Picture : HeatMap;
    return <Shown values={values} height={height} width={width} label={label} />;
  }
  const names = features ?? ["x", "y"];
  const left = names.length - mostFeatures;
  return (
    <p class="feature-values">
      {names.slice(0, mostFeatures).map((name, i) => (
        <span key={name}>
          {name} <b>{Number(values[i]!.toPrecision(3))}</b>
        </span>
      ))}
      {left > 0 && <span>and {left} more</span>}
    </p>
  );
}
