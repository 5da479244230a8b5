import type { Summary } from "@pointwise/layers";
import { formatCount } from "../terminal/format.ts";
import { formatTable } from "../terminal/table.ts";
import type { ProofRow } from "./proof.ts";
import type { Search } from "./sliding.ts";
import type { Twin } from "./twins.ts";

const exact = (difference: number): string => (difference === 0 ? "0" : difference.toExponential(1));

export function formatProof(rows: readonly ProofRow[]): string {
  const titles = ["pictures", "dtype", "outputs", "∂input", "∂weight", "∂bias", "after 10 Adam steps"];
  return formatTable(
    titles.map((title, i) => ({ title, align: i < 2 ? "left" : "right" })),
    rows.map((r) => [
      r.pictures,
      r.dtype,
      ...[r.outputs, r.inputGradient, r.weightGradient, r.biasGradient, r.afterTenSteps].map(exact),
    ]),
  );
}

/** The heads' parameters, layer by layer, as formulas. */
export function formatHeads(twins: readonly Twin[], summaries: readonly Summary[]): string {
  return formatTable(
    [{ title: "head" }, { title: "layer" }, { title: "parameters", align: "right" }, { title: "formula" }],
    twins.flatMap(({ name, headFrom }, i) =>
      summaries[i]!.rows.filter((row) => Number.parseInt(row.path, 10) >= headFrom && row.parameters > 0).map((row) => [
        name,
        row.layer,
        formatCount(row.parameters),
        row.formula,
      ]),
    ),
  );
}

export function formatTwins(twins: readonly Twin[], summaries: readonly Summary[]): string {
  return formatTable(
    [
      { title: "" },
      ...["held-out accuracy", "parameters", "of these in the head", "MACs", "training"].map(
        (title) => ({ title, align: "right" }) as const,
      ),
    ],
    twins.map(({ name, headFrom, evaluation, seconds }, i) => {
      const { rows, parameters, macs } = summaries[i]!;
      const head = rows.filter((row) => Number.parseInt(row.path, 10) >= headFrom);
      return [
        name,
        `${(100 * (evaluation?.accuracy ?? Number.NaN)).toFixed(1)} %`,
        formatCount(parameters),
        formatCount(head.reduce((sum, row) => sum + row.parameters, 0)),
        formatCount(macs),
        `${seconds.toFixed(0)} s`,
      ];
    }),
  );
}

export function formatSearch({ truth, found }: Search): string {
  const place = (p: { top: number; left: number }) => `row ${p.top}, column ${p.left}`;
  const rows = [
    ...truth.map((t) => ["placed", String(t.digit), place(t), ""]),
    ...found.map((f) => ["found", String(f.digit), place(f), `${(100 * f.probability).toFixed(1)} %`]),
  ];
  return formatTable([{ title: "" }, { title: "digit" }, { title: "window" }, { title: "probability" }], rows);
}
