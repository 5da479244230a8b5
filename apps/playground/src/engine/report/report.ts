import { describeBlocks } from "../../blocks/describe-blocks.ts";
import { takesMomentum } from "../../experiment/experiment.ts";
import { describeInput } from "../files/describe-model.ts";
import { confusionOf, type Judgement, scoreOf } from "../judge.ts";
import type { Session } from "../session.ts";
import { confusionTable } from "./confusion-table.ts";
import { type Html, html } from "./html.ts";
import { lineChart, type Points } from "./line-chart.ts";
import { mistakesList } from "./mistakes.ts";
import { style } from "./style.ts";

/** What the page knows and the session does not. */
export interface ReportRequest {
  /** To the experiment. */
  readonly link: string;
  readonly curves: Readonly<Record<"loss" | "accuracy" | "heldOutLoss" | "heldOutAccuracy", Points>>;
}

/** A training as one page that needs nothing else: the policy in its head forbids the browser to load anything from anywhere. */
export function renderReport(session: Session, judgement: Judgement, { link, curves }: ReportRequest): string {
  const { data, weightsFile } = session;
  const steps = session.lastBatch?.step ?? 0;
  const { accuracy, loss } = scoreOf(judgement);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Pointwise: ${percent(accuracy)} of the held-out samples are right</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${percent(accuracy)} of ${count(data.test.length)} held-out samples are right</h1>
<p>After ${count(steps)} of ${count(session.totalSteps)} steps${weightsFile === undefined ? "" : `, which began with the weights of ${weightsFile}`}. The held-out loss is ${loss.toFixed(4)}.</p>
${experimentSection(session, link)}
${networkSection(session)}
${curvesSection(curves)}
<section><h2>What is taken for what</h2>${confusionTable(confusionOf(judgement, data.classes.length), data.classes)}</section>
<section><h2>The worst mistakes</h2>${mistakesList(session, judgement)}</section>
</main>
</body>
</html>
`.text;
}

function experimentSection({ experiment, data, batchSize, weightsFile }: Session, link: string): Html {
  const { optimizer, lr, momentum, weightDecay, schedule, epochs, seed } = experiment;
  const facts: readonly (readonly [string, string | number])[] = [
    ["Samples", experiment.data.kind],
    ["Trained on", count(data.train.length)],
    ["Held out", count(data.test.length)],
    ["Classes", data.classes.join(", ")],
    ["Optimizer", optimizer],
    ["Learning rate", lr],
    ["Schedule", schedule],
    ...(takesMomentum(optimizer) ? [["Momentum", momentum] as const] : []),
    ["Weight decay", weightDecay],
    ["Batch size", batchSize],
    ["Epochs", epochs],
    ["Seed", seed],
  ];
  const same =
    weightsFile === undefined
      ? "trains the same model again, to the last bit"
      : "is the same experiment, with weights drawn by the seed";
  return html`<section><h2>The experiment</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p style="margin-top:1em">This link ${same}: <a href="${link}">${link}</a></p>
<p>Input: ${describeInput(data)}.</p></section>`;
}

function networkSection({ experiment, data }: Session): Html {
  const { rows, parameters, macs } = describeBlocks(experiment.blocks, data.inputShape, data.classes.length);
  return html`<section><h2>The network</h2><div class="scroll"><table class="layers">
<thead><tr><th scope="col">Layer</th><th scope="col">Output</th><th scope="col">Formula</th><th scope="col">Parameters</th><th scope="col">MACs a sample</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><td><code>${row.layer}</code></td><td>${row.outputShape.join("×")}</td><td>${row.parameters > 0 ? (row.formula ?? "") : ""}</td><td>${count(row.parameters)}</td><td>${count(row.macs ?? 0)}</td></tr>`)}</tbody>
<tfoot><tr><td>All</td><td></td><td></td><td>${count(parameters)}</td><td>${count(macs)}</td></tr></tfoot>
</table></div></section>`;
}

function curvesSection({ loss, accuracy, heldOutLoss, heldOutAccuracy }: ReportRequest["curves"]): Html {
  if (loss.x.length === 0) return html`<section><h2>Curves</h2><p>It has not been trained yet.</p></section>`;
  const top = [...loss.values, ...heldOutLoss.values].reduce((a, b) => Math.max(a, b), 1e-9);
  return html`<section><h2>Curves</h2>
<p><span class="key batches">Batches</span> and <span class="key held-out">held-out samples ●</span>, by step. Where there are many batches, a point is the mean of some.</p>
<div class="charts">
${lineChart({ title: "Loss", batches: loss, heldOut: heldOutLoss, top, format: (value) => String(value) })}
${lineChart({ title: "Accuracy", batches: accuracy, heldOut: heldOutAccuracy, top: 1, format: (value) => `${Math.round(100 * value)}%` })}
</div></section>`;
}

const count = (value: number): string => value.toLocaleString("en-US");
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
