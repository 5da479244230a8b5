import type { align } from "../state/curve.ts";
import { LineChart } from "./line-chart.tsx";

interface Props {
  readonly label: string;
  readonly xTitle: string;
  readonly xEnd: number | undefined;
  readonly names: readonly [first: string, second: string];
  /** A new object whenever there is a new point: a component with the same props is not drawn again. */
  readonly values: ReturnType<typeof align>;
  /** Whether they are shares of 1, as accuracies are: drawn up to 1, as percentages. */
  readonly isShare?: boolean;
}

const percent = (share: number) => `${Math.round(100 * share)}%`;
const short = (value: number) => String(Number(value.toPrecision(3)));

/** Two curves that are to be compared. */
export function TwoCurves({ label, xTitle, xEnd, names, values: { x, a, b }, isShare = false }: Props) {
  return (
    <LineChart
      label={label}
      xTitle={xTitle}
      xEnd={xEnd}
      x={x}
      lines={[
        { title: names[0], color: "dense", values: a },
        { title: names[1], color: "pointwise", values: b },
      ]}
      most={isShare ? 1 : undefined}
      format={isShare ? percent : short}
    />
  );
}
