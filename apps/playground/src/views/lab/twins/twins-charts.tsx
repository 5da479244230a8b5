import { align } from "../../../state/curve.ts";
import { twinsText } from "../../../text/lab/twins/index.ts";
import { LineChart } from "../../../ui/line-chart.tsx";
import { curves, sizes } from "./state.ts";

const percent = (share: number) => `${Math.round(100 * share)}%`;
const short = (value: number) => String(Number(value.toPrecision(3)));

/** Both heads in each chart. */
export function TwinsCharts() {
  const text = twinsText();
  const { loss, accuracy, heldOut } = curves.value;
  return (
    <div class="twins-charts">
      <Chart title={text.loss} label={text.lossLabel} values={align(loss.dense, loss.pointwise)} format={short} />
      <Chart
        title={text.accuracy}
        label={text.accuracyLabel}
        values={align(accuracy.dense, accuracy.pointwise)}
        format={percent}
        most={1}
      />
      <Chart
        title={text.heldOut}
        label={text.heldOutLabel}
        values={align(heldOut.dense, heldOut.pointwise)}
        format={percent}
        most={1}
      />
    </div>
  );
}

interface Props {
  readonly title: string;
  readonly label: string;
  /** A new object whenever there is a new point: a component with the same props is not drawn again. */
  readonly values: ReturnType<typeof align>;
  readonly format: (value: number) => string;
  readonly most?: number;
}

function Chart({ title, label, values: { x, a, b }, format, most }: Props) {
  const text = twinsText();
  return (
    <div>
      <h4>{title}</h4>
      <LineChart
        label={label}
        xTitle={text.step}
        x={x}
        lines={[
          { title: text.names.dense, color: "dense", values: a },
          { title: text.names.pointwise, color: "pointwise", values: b },
        ]}
        xEnd={sizes.value?.totalSteps}
        most={most}
        format={format}
      />
    </div>
  );
}
