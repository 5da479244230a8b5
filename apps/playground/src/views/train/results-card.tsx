import { align } from "../../state/curve.ts";
import { dataShape } from "../../state/experiment.ts";
import { curves, sizes } from "../../state/training.ts";
import { LineChart } from "../../ui/line-chart.tsx";
import { PlanePicture } from "./plane-picture.tsx";

const percent = (share: number) => `${Math.round(100 * share)}%`;
const short = (value: number) => String(Number(value.toPrecision(3)));

export function ResultsCard() {
  const { loss, accuracy, heldOutLoss, heldOutAccuracy } = curves.value;
  const [losses, accuracies] = [align(loss, heldOutLoss), align(accuracy, heldOutAccuracy)];
  const shape = dataShape.value?.inputShape;
  return (
    <section class="card stack train-results" aria-label="Results">
      {shape?.length === 1 && shape[0] === 2 && <PlanePicture />}
      <div>
        <h2>Loss</h2>
        <LineChart
          label="Loss by step, of the batches and of the held-out samples"
          xTitle="Step"
          xEnd={sizes.value?.totalSteps}
          x={losses.x}
          lines={[
            { title: "Batches", color: "dense", values: losses.a },
            { title: "Held out", color: "pointwise", values: losses.b },
          ]}
          format={short}
        />
      </div>
      <div>
        <h2>Accuracy</h2>
        <LineChart
          label="Accuracy by step, of the batches and of the held-out samples"
          xTitle="Step"
          xEnd={sizes.value?.totalSteps}
          x={accuracies.x}
          lines={[
            { title: "Batches", color: "dense", values: accuracies.a },
            { title: "Held out", color: "pointwise", values: accuracies.b },
          ]}
          most={1}
          format={percent}
        />
      </div>
    </section>
  );
}
