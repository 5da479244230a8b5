import type { DataInfo } from "../../engine/preview.ts";
import { HeatMap } from "../../ui/heat-map.tsx";
import { Picture } from "../../ui/picture.tsx";

/** Some pictures of the training set, each with its class. */
export function SamplePictures({ info }: { readonly info: DataInfo }) {
  const { inputShape, classes, samples } = info;
  const [channels = 1, height = 1, width = 1] = inputShape;
  const size = channels * height * width;
  return (
    <ul class="sample-pictures" aria-label="Some of the pictures to train on">
      {Array.from(samples.labels, (label, i) => {
        const values = samples.values.subarray(i * size, (i + 1) * size);
        const name = classes[label]!;
        return (
          <li key={i}>
            {channels === 1 ? (
              <HeatMap values={values} height={height} width={width} label={`A picture of ${name}`} />
            ) : (
              <Picture values={values} height={height} width={width} label={`A picture of ${name}`} />
            )}
            <span>{name}</span>
          </li>
        );
      })}
    </ul>
  );
}
