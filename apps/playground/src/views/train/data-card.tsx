import type { DataKind } from "../../experiment/data-choice.ts";
import { knownShape, noiseRule } from "../../experiment/data-choice.ts";
import { chooseData } from "../../experiment/presets.ts";
import { dataInfo, dataProblem } from "../../state/data.ts";
import { edit, experiment, startWith } from "../../state/experiment.ts";
import { formatCount } from "../../ui/format.ts";
import { Select } from "../../ui/select.tsx";
import { Slider } from "../../ui/slider.tsx";
import { OwnPictures } from "./own-pictures.tsx";
import { OwnTable } from "./own-table.tsx";
import { SamplePictures } from "./sample-pictures.tsx";
import { SampleTable } from "./sample-table.tsx";

const kinds: readonly { value: DataKind; title: string }[] = [
  { value: "digits", title: "MNIST digits" },
  { value: "spiral", title: "Spiral" },
  { value: "moons", title: "Moons" },
  { value: "images", title: "Your pictures" },
  { value: "csv", title: "Your CSV file" },
];

/** Which samples to train on, and what they look like. */
export function DataCard() {
  const { data } = experiment.value;
  const info = dataInfo.value;
  return (
    <section class="card stack" aria-labelledby="data-title">
      <h2 id="data-title">Data</h2>
      <Select label="Samples" value={data.kind} options={kinds} onChange={choose} />
      {"noise" in data && (
        <Slider
          label="Noise"
          value={data.noise}
          min={noiseRule.least}
          max={noiseRule.most}
          step={noiseRule.step}
          format={(value) => value.toFixed(2)}
          onInput={(noise) => edit({ data: { ...data, noise } })}
        />
      )}
      {data.kind === "images" && <OwnPictures size={data.size} />}
      {data.kind === "csv" && <OwnTable />}
      {dataProblem.value !== undefined && (
        <p class="wrong" role="alert">
          {dataProblem.value}
        </p>
      )}
      {info && (
        <p class="muted">
          {formatCount(info.trained)} to train on, {formatCount(info.heldOut)} held out, {info.classes.length} classes
        </p>
      )}
      {info?.inputShape.length === 3 && <SamplePictures info={info} />}
      {info?.features && <SampleTable info={info} features={info.features} />}
    </section>
  );
}

/** Other samples need another model: one that suits them is put in its place. Of one's own, the classes are known when they are read. */
function choose(kind: DataKind): void {
  const choice = chooseData(kind);
  startWith(choice, knownShape(choice)?.classes.length ?? 2);
}
