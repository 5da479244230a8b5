import { labText } from "../../../text/lab/index.ts";
import { writeCount } from "../write-number.ts";
import { barLength, type LayerKind } from "./counts.ts";

interface Bar {
  readonly kind: LayerKind;
  readonly title: string;
  /** In letters, and in numbers. */
  readonly formula: string;
  readonly numbers: string;
  readonly value: number;
}

interface Props {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** Numbers with their formulas, and bars on one scale from 0. The first is what the others are compared with. */
export function BarChart({ title, bars }: Props) {
  const text = labText();
  const largest = Math.max(...bars.map(({ value }) => value));
  const write = (value: number) => writeCount(value, text.locale);
  return (
    <section class="count-chart">
      <h4>{title}</h4>
      <ul>
        {bars.map(({ kind, title, formula, numbers, value }, i) => (
          <li key={kind} class={kind}>
            <div class="count-name">{title}</div>
            <div class="count-formula">
              <span class="muted">{formula}</span> <span>= {numbers}</span>
            </div>
            <div class="count-value">
              <strong>{write(value)}</strong>
              {i > 0 && (
                <span class="muted"> {text.count.times(write(Number((value / bars[0]!.value).toPrecision(3))))}</span>
              )}
            </div>
            <div class="count-bar" style={{ "--length": `${barLength(value, largest) * 100}%` }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
