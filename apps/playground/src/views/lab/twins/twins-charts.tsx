import { align } from "../../../state/curve.ts";
import { twinsText } from "../../../text/lab/twins/index.ts";
import { TwoCurves } from "../../../ui/two-curves.tsx";
import { curves, sizes } from "./state.ts";

/** Both heads in each chart. */
export function TwinsCharts() {
  const text = twinsText();
  const { loss, accuracy, heldOut } = curves.value;
  const charts = [
    { title: text.loss, label: text.lossLabel, pair: loss, isShare: false },
    { title: text.accuracy, label: text.accuracyLabel, pair: accuracy, isShare: true },
    { title: text.heldOut, label: text.heldOutLabel, pair: heldOut, isShare: true },
  ];
  return (
    <div class="twins-charts">
      {charts.map(({ title, label, pair, isShare }, i) => (
        <div key={i}>
          <h4>{title}</h4>
          <TwoCurves
            label={label}
            xTitle={text.step}
            xEnd={sizes.value?.totalSteps}
            names={[text.names.dense, text.names.pointwise]}
            values={align(pair.dense, pair.pointwise)}
            isShare={isShare}
          />
        </div>
      ))}
    </div>
  );
}
