import { twinNames } from "../../../engine/twins/twin-experiments.ts";
import { twinsText } from "../../../text/lab/twins/index.ts";
import { formatShape } from "../../../ui/format.ts";
import { HeadBox } from "./head-box.tsx";
import { twinCosts } from "./twin-costs.ts";
import { TwinsCharts } from "./twins-charts.tsx";
import { TwinsControls } from "./twins-controls.tsx";

const costs = twinCosts();
const times = (costs.dense.parameters / costs.pointwise.parameters).toPrecision(3);

/** Two networks that differ in the head alone learn on the same batches. */
export function TwinsPart() {
  const text = twinsText();
  return (
    <section class="card stack lab-part" aria-labelledby="lab-twins">
      <h3 id="lab-twins">{text.title}</h3>
      <p>{text.idea}</p>
      <p class="twins-body">
        {text.body} <code>{costs.body.join(" → ")}</code> {text.map(formatShape(costs.map))}
      </p>
      <div class="twins">
        {twinNames.map((name) => (
          <HeadBox key={name} name={name} costs={costs[name]} />
        ))}
      </div>
      <TwinsControls />
      <TwinsCharts />
      <ul class="count-notes">
        {text.notes(times).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}
