import type { LabResult } from "../../lab/result.ts";
import { recipe } from "../../lab/twins.ts";
import { formatCount, formatDuration } from "../../terminal/format.ts";
import { type Html, html } from "../html.ts";

export function reproduceSection({ options, source, trainingDigits, heldOutDigits, environment }: LabResult): Html {
  const { seed, epochs, eager } = options;
  const rows: readonly (readonly [string, string])[] = [
    ["command", `npx pnpm@10 start --seed ${seed} --epochs ${epochs}${eager ? " --eager" : ""}`],
    ["digits", `${source}: ${formatCount(trainingDigits)} to train on, ${formatCount(heldOutDigits)} held out`],
    ["training", `Adam, one-cycle learning rate up to ${recipe.maxLr}, batches of ${recipe.batchSize}, cross-entropy`],
    ["versions", `Pointwise ${environment.version}, Node.js ${environment.node}`],
    ["machine", environment.machine],
    ["written", `${environment.date.slice(0, 16).replace("T", " ")} UTC, after ${formatDuration(environment.seconds)}`],
  ];
  return html`<section id="reproduce">
<h2>Do it again</h2>
<p>The same seed gives the same numbers on the same kind of machine, bit for bit; only times differ.</p>
<dl class="facts">${rows.map(([term, text]) => html`<div><dt>${term}</dt><dd>${term === "command" ? html`<code>${text}</code>` : text}</dd></div>`)}</dl>
</section>`;
}
