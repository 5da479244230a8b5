import { type BlockRow, describeBlocks } from "../../../blocks/describe-blocks.ts";
import {
  digitClasses,
  digitShape,
  heads,
  type TwinName,
  twinExperiment,
} from "../../../engine/twins/twin-experiments.ts";

export interface HeadCosts {
  readonly layers: readonly string[];
  readonly parameters: number;
  /** In numbers, the map that is flattened written out: (32·4·4)·10 + 10. */
  readonly formula: string;
  readonly macs: number;
  readonly macsFormula: string;
  /** With the body. */
  readonly allParameters: number;
}

export interface TwinCosts extends Readonly<Record<TwinName, HeadCosts>> {
  readonly body: readonly string[];
  /** Of the map that the heads get. */
  readonly map: readonly number[];
}

/** What the layers themselves say. */
export function twinCosts(): TwinCosts {
  const rows = { dense: rowsOf("dense"), pointwise: rowsOf("pointwise") };
  const body = rows.dense.slice(0, -heads.dense.length);
  const map = body.at(-1)!.outputShape;
  const flat = map.join("·");
  return {
    body: body.map(({ layer }) => layer),
    map,
    dense: headCosts("dense", rows.dense, `(${flat})·${digitClasses} + ${digitClasses}`, `(${flat})·${digitClasses}`),
    pointwise: headCosts(
      "pointwise",
      rows.pointwise,
      `${map[0]}·${digitClasses} + ${digitClasses}`,
      `${map.slice(1).join("·")}·${map[0]}·${digitClasses}`,
    ),
  };
}

const rowsOf = (name: TwinName) => describeBlocks(twinExperiment(name, 0).blocks, digitShape, digitClasses).rows;

function headCosts(name: TwinName, all: readonly BlockRow[], formula: string, macsFormula: string): HeadCosts {
  const head = all.slice(-heads[name].length);
  const sum = (rows: readonly BlockRow[], of: (row: BlockRow) => number) => rows.reduce((s, row) => s + of(row), 0);
  return {
    layers: head.map(({ layer }) => layer),
    parameters: sum(head, (row) => row.parameters),
    formula,
    macs: sum(head, (row) => row.macs ?? 0),
    macsFormula,
    allParameters: sum(all, (row) => row.parameters),
  };
}
