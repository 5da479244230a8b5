import { align } from "../../state/curve.ts";
import { dataShape } from "../../state/experiment.ts";
import { curves, sizes } from "../../state/training.ts";
import { TwoCurves } from "../../ui/two-curves.tsx";
import { PlanePicture } from "./plane-picture.tsx";

export function ResultsCard() {
  const { loss, accuracy, heldOutLoss, heldOutAccuracy } = curves.value;
  const shape = dataShape.value?.inputShape;
  const common = { xTitle: "Step", xEnd: sizes.value?.totalSteps, names: ["Batches", "Held out"] } as const;
  return (
    <section class="card stack train-results" aria-label="Results">
      {shape?.length === 1 && shape[0] === 2 && <PlanePicture />}
      <div>
        <h2>Loss</h2>
        <TwoCurves
          {...common}
          label="Loss by step, of the batches and of the held-out samples"
          values={align(loss, heldOutLoss)}
        />
      </div>
      <div>
        <h2>Accuracy</h2>
        <TwoCurves
          {...common}
          label="Accuracy by step, of the batches and of the held-out samples"
          values={align(accuracy, heldOutAccuracy)}
          isShare
        />
      </div>
    </section>
  );
}
