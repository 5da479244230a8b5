import { experiment } from "../../state/experiment.ts";
import { sizes } from "../../state/training.ts";
import { LineChart } from "../../ui/line-chart.tsx";
import { blockTitles } from "../train/block-titles.ts";
import { gradientCurves } from "./state.ts";

const short = (value: number) => String(Number(value.toPrecision(2)));

/** How strongly each layer is pulled, live. */
export function GradientsCard() {
  const { blocks } = experiment.value;
  const entries = [...gradientCurves.value].filter(([block]) => block < blocks.length);
  const lines = entries.map(([block, curve], i) => ({
    title: `${block} ${blockTitles[blocks[block]!.kind]}`,
    color: `layer-${i % 6}`,
    values: curve.values,
  }));
  return (
    <section class="card stack inside-wide" aria-labelledby="gradients-title">
      <h2 id="gradients-title">Gradient norms</h2>
      <p class="muted">
        The length of the loss' gradient by all weights of a layer, for the last batch. It is looked at in a copy of the
        model, which changes nothing of the training.
      </p>
      {lines.length === 0 ? (
        <p class="muted">They show once the model is trained while this view is open.</p>
      ) : (
        <>
          <LineChart
            label="Gradient norm of each layer, by step"
            xTitle="Step"
            x={entries[0]![1].x}
            xEnd={sizes.value?.totalSteps}
            lines={lines}
            format={short}
          />
          <ul class="norms" aria-label="The last norms">
            {lines.map(({ title, color, values }) => (
              <li key={title}>
                <span class="norm-line" style={{ background: `var(--${color})` }} /> {title}{" "}
                <b>{short(values.at(-1)!)}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
