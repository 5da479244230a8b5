import { type Module, Sequential, type SummaryRow } from "@pointwise/layers";
import { formatShape, PointwiseError, type Shape } from "@pointwise/tensor";
import type { Block } from "./block.ts";
import { makeLayer } from "./make-layer.ts";
import { NoRng, withoutValues } from "./without-values.ts";

export type BlockRow = Pick<SummaryRow, "layer" | "outputShape" | "parameters" | "formula" | "macs">;

export interface ModelDescription {
  /** Of the blocks up to the one where the chain breaks. */
  readonly rows: readonly BlockRow[];
  /** The block that cannot work (the last one if the end does not fit the classes), and why. */
  readonly problem: { readonly at: number; readonly message: string } | undefined;
  readonly parameters: number;
  /** Multiply-accumulate operations for one sample. */
  readonly macs: number;
}

/** What each block gives and costs, as the layers themselves say it, and their own error where the chain breaks. */
export function describeBlocks(blocks: readonly Block[], input: Shape, classes: number): ModelDescription {
  const layers: Module[] = [];
  const rows: BlockRow[] = [];
  try {
    for (const block of blocks) {
      layers.push(makeLayer(block, rows.at(-1)?.outputShape ?? input, new NoRng()));
      rows.push(lastRow(layers, input));
    }
  } catch (error) {
    if (!(error instanceof PointwiseError)) throw error;
    return describe(rows, { at: rows.length, message: error.message });
  }
  const message = wrongEnd(rows.at(-1)?.outputShape ?? input, classes, blocks.length);
  return describe(rows, message === undefined ? undefined : { at: Math.max(0, rows.length - 1), message });
}

const lastRow = (layers: readonly Module[], input: Shape): BlockRow =>
  withoutValues(() => new Sequential(...layers).summary(input)).rows.at(-1)!; // there is a row a layer

function describe(rows: readonly BlockRow[], problem: ModelDescription["problem"]): ModelDescription {
  const total = (of: (row: BlockRow) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  return { rows, problem, parameters: total((row) => row.parameters), macs: total((row) => row.macs ?? 0) };
}

/** Why the shape of the last block is no score for each class; nothing if it is one. */
function wrongEnd(shape: Shape, classes: number, blocks: number): string | undefined {
  if (blocks === 0) return "There is no block yet. Add one.";
  if (shape.length === 1 && shape[0] === classes) return undefined;
  const found = `The last block gives ${formatShape(shape)}, but the model must end with a score for each of the ${classes} classes, [${classes}].`;
  if (shape.length === 1) return `${found} Set the last dense block to ${classes}, or add one of ${classes}.`;
  if (shape[0] === classes) return `${found} Add a global average pool, which makes one score of each map.`;
  return `${found} Add a 1×1 convolution to ${classes} channels and a global average pool, or flatten and a dense block of ${classes}.`;
}
