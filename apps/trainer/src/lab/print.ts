import { formatCount, formatDuration, formatPercent } from "../terminal/format.ts";
import { formatTable } from "../terminal/table.ts";
import { compared, explainProof, formatDifference, type ProofRow } from "./proof.ts";
import { prose } from "./prose.ts";
import { searchColumns, searchRows } from "./search-rows.ts";
import { rules, type Search } from "./sliding.ts";
import { totalOf } from "./twin-models.ts";
import type { TwinResult } from "./twins.ts";

export function formatProof(rows: readonly ProofRow[]): string {
  const titles = ["size", "dtype", "output", "∂input", "∂weight", "∂bias", "10 steps"];
  const table = formatTable(
    titles.map((title, i) => ({ title, align: i < 2 ? "left" : "right" })),
    rows.map((r) => [
      `${r.side}×${r.side}`,
      r.dtype,
      ...[r.output, r.inputGradient, r.weightGradient, r.biasGradient, r.afterTenSteps].map(formatDifference),
    ]),
  );
  const features = `${compared.inFeatures}, ${compared.outFeatures}`;
  const sizes = compared.sides.map((side) => `of ${side}×${side}`).join(" and ");
  const about = `Largest differences between Linear(${features}) at every pixel and a Conv1x1(${features}) that was given its weights: outputs, gradients, and the weights after ten steps of Adam, each on its own. Pictures ${sizes} pixels.`;
  return `${prose(about)}\n\n${table}\n\n${prose(explainProof(rows))}`;
}

export function formatTwins(twins: readonly [TwinResult, TwinResult]): string {
  const [dense, pointwise] = twins;
  const row = (title: string, of: (twin: TwinResult) => string) => [title, of(dense), of(pointwise)];
  const comparison = formatTable(
    [{ title: "" }, { title: dense.name, align: "right" }, { title: pointwise.name, align: "right" }],
    [
      row("held-out accuracy", ({ accuracy }) => formatPercent(accuracy)),
      row("parameters", ({ costs }) => formatCount(totalOf(costs, "parameters"))),
      row("  of the body", ({ costs }) => formatCount(totalOf(costs, "parameters", "body"))),
      row("  of the head", ({ costs }) => formatCount(totalOf(costs, "parameters", "head"))),
      row("MACs a picture", ({ costs }) => formatCount(totalOf(costs, "macs"))),
      row("  of the head", ({ costs }) => formatCount(totalOf(costs, "macs", "head"))),
      row("training time", ({ seconds }) => formatDuration(seconds)),
    ],
  );
  const head = (twin: TwinResult) => twin.costs.filter(({ part }) => part === "head");
  const layers = [
    ...dense.costs.filter(({ part }) => part === "body").map((costs) => ["body", costs] as const),
    ...twins.flatMap((twin) => head(twin).map((costs) => [twin.name, costs] as const)),
  ];
  const formulas = formatTable(
    [{ title: "part" }, { title: "layer" }, { title: "parameters" }, { title: "=", align: "right" }],
    layers.map(([part, { layer, formula, parameters }]) => [part, layer, formula, formatCount(parameters)]),
  );
  const saving = totalOf(dense.costs, "parameters", "head") / totalOf(pointwise.costs, "parameters", "head");
  const exactly = `Exactly: a 1×1 convolution has as many weights as the dense layer over the channels. It saves against the dense layer over the flattened picture: here its head has ${saving.toFixed(1)} times fewer parameters, but no fewer MACs.`;
  return `${comparison}\n\n${formulas}\n\n${prose(exactly)}`;
}

export function formatSearch(search: Search): string {
  const { headBefore, headAfter, certainty, picture, truth, found, hits, macs, largestDifference } = search;
  const { leastProbability, frame, inkInFrame, offCentre, stride, side } = rules;
  const windows = certainty.height * certainty.width;
  const about = [
    `${headBefore} became ${headAfter}, with the same weights. On ${picture.height}×${picture.width} pixels it gives ${formatCount(windows)} answers in one go (${certainty.height}×${certainty.width}, a window of ${side}×${side} every ${stride} pixels), for ${(macs.windowByWindow / macs.inOneGo).toFixed(0)} times fewer MACs than cutting each window out. ${largestDifference === 0 ? "The answers are the same, bit for bit." : `The answers differ by at most ${formatDifference(largestDifference)}, by the order of additions.`}`,
    `The classifier never saw an empty window or half a digit, and answers with a digit there all the same, often a sure one. So a window counts only if it looks like those it was trained on (at most ${100 * inkInFrame}\u00a0% of its ink in its outer ${frame} pixels, its ink centred within ${offCentre}) and its digit has a probability of at least ${100 * leastProbability}\u00a0%; of windows that overlap, the one whose ink is centred best.`,
  ];
  const table = formatTable(
    searchColumns.map((title, i) => ({ title, align: i === 0 || i === 3 ? "left" : "right" })),
    searchRows(search),
  );
  const outcome = `${hits} of ${truth.length} digits found, ${found.length - hits} false alarms.`;
  return `${about.map((text) => prose(text)).join("\n")}\n\n${table}\n\n${outcome}`;
}
