import type { TwinName } from "../../../engine/twins/twin-experiments.ts";
import { labText } from "../../../text/lab/index.ts";
import { twinsText } from "../../../text/lab/twins/index.ts";
import { formatPercent } from "../../../ui/format.ts";
import { writeCount } from "../write-number.ts";
import { status } from "./state.ts";
import type { HeadCosts } from "./twin-costs.ts";

/** One head: what it is, what it costs, and how well it does. */
export function HeadBox({ name, costs }: { readonly name: TwinName; readonly costs: HeadCosts }) {
  const text = twinsText();
  const { locale } = labText();
  const { batch, score } = status.value;
  const write = (count: number) => writeCount(count, locale);
  return (
    <section class={`twin ${name}`} aria-labelledby={`twin-${name}`}>
      <h4 id={`twin-${name}`}>{text.names[name]}</h4>
      <code>{costs.layers.join(" → ")}</code>
      <p>{text.parameters(costs.formula, write(costs.parameters))}</p>
      <p class="muted">
        {text.macs(costs.macsFormula, write(costs.macs))}
        <br />
        {text.total(write(costs.allParameters))}
      </p>
      <dl>
        <Figure title={text.loss} value={batch?.[name].loss.toFixed(3)} />
        <Figure title={text.accuracy} value={batch && formatPercent(batch[name].accuracy)} />
        <Figure title={text.heldOut} value={score && formatPercent(score[name].accuracy)} />
      </dl>
    </section>
  );
}

function Figure({ title, value }: { readonly title: string; readonly value: string | undefined }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{value ?? "–"}</dd>
    </div>
  );
}
