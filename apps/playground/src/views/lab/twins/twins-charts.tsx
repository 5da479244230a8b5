import type { OfTwins } from "../../../engine/twins/twins.ts";
import { align, type Curve } from "../../../state/curve.ts";
import { twinsText } from "../../../text/lab/twins.ts";
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
      <Chart title={text.loss} label={text.lossLabel} of={loss} format={short} />
      <Chart title={text.accuracy} label={text.accuracyLabel} of={accuracy} format={percent} most={1} />
      <Chart title={text.heldOut} label={text.heldOutLabel} of={heldOut} format={percent} most={1} />
    </div>
  );
}

interface Props {
  readonly title: string;
  readonly label: string;
  readonly of: OfTwins<Curve>;
  readonly format: (value: number) => string;
  readonly most?: number;
}

function Chart({ title, label, of, format, most }: Props) {
  const text = twinsText();
  const { x, a, b } = align(of.dense, of.pointwise);
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
