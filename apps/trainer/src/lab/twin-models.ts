import {
  Conv1x1,
  Conv2d,
  Flatten,
  GlobalAvgPool2d,
  Linear,
  MaxPool2d,
  ReLU,
  Sequential,
  type SummaryRow,
} from "@pointwise/layers";
import { Rng, type Shape } from "@pointwise/tensor";

/** A digit's picture, without the batch dimension. */
export const digitShape: Shape = [1, 28, 28];

/** Channels of the map that the heads get. */
const channels = 32;
/** Its height and width. */
const side = 4;

/**
 * The body that both twins have, [N, 1, 28, 28] to [N, 32, 4, 4]. Each place of its map sees 22×22 pixels, most of a digit: the
 * pooled head needs that, for it averages what single places say. There is no padding, so that nothing sees the border of the
 * picture, and a window of a larger picture gives the same as the window cut out.
 */
function body(rng: Rng) {
  return [
    new Conv2d(1, 8, 5, { rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, 5, { rng }),
    new ReLU(),
    new Conv2d(16, channels, 5, { rng }),
    new ReLU(),
  ] as const;
}

const bodyLayers = 7;

/** Pixels between the windows of neighbouring places: the body halves the picture once. */
export const bodyStride = 2;

/** The layer whose kernels the report draws, of a trained twin: 8 channels in, 16 out. */
export const drawnLayer = 3;

/** One body, drawn twice from the same seed, then a dense head over the flattened map, or a 1×1 head and global average pooling. */
export function createTwinModels(seed: number) {
  const [forDense, forPointwise] = [new Rng(seed), new Rng(seed)];
  return {
    dense: new Sequential(...body(forDense), new Flatten(), new Linear(channels * side * side, 10, { rng: forDense })),
    pointwise: new Sequential(
      ...body(forPointwise),
      new Conv1x1(channels, 10, { rng: forPointwise }),
      new GlobalAvgPool2d(),
    ),
  };
}

/** A layer with parameters, and what it costs. */
export interface LayerCosts {
  readonly part: "body" | "head";
  readonly layer: string;
  readonly outputShape: Shape;
  readonly parameters: number;
  /** How their number comes about. */
  readonly formula: string;
  /** Multiply-accumulate operations for one picture. */
  readonly macs: number;
}

/** The layers of a twin that have parameters. The dense layer's formula says how the flattened map was shaped. */
export function layerCosts(model: Sequential): LayerCosts[] {
  const { rows } = model.summary(digitShape);
  return rows
    .map((row, i) => ({
      part: i < bodyLayers ? ("body" as const) : ("head" as const),
      layer: row.layer,
      outputShape: row.outputShape,
      parameters: row.parameters,
      formula: unflattened(row, rows[i - 2]?.outputShape),
      macs: row.macs ?? 0,
    }))
    .filter(({ parameters }) => parameters > 0);
}

/** `512·10 + 10` as `(32·4·4)·10 + 10`, for a dense layer two after the map [32, 4, 4]. */
function unflattened({ layer, formula }: SummaryRow, map: Shape | undefined): string {
  if (!layer.startsWith("Linear") || map?.length !== 3) return formula;
  return formula.replace(/^\d+/, `(${map.join("·")})`);
}

export const totalOf = (costs: readonly LayerCosts[], what: "parameters" | "macs", part?: LayerCosts["part"]): number =>
  costs.reduce((sum, row) => sum + (part === undefined || row.part === part ? row[what] : 0), 0);
