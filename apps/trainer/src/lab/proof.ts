import { valueAndGrad } from "@pointwise/autograd";
import { Conv1x1, Linear, type Module, mseLoss, Parameter } from "@pointwise/layers";
import { Adam } from "@pointwise/optimizers";
import { abs, amax, cast, type DType, permute, Rng, reshape, sub, type Tensor } from "@pointwise/tensor";

/** The largest differences between a dense layer at every pixel and a 1×1 convolution with its weights. */
export interface ProofRow {
  /** Height and width of the pictures. */
  readonly side: number;
  readonly dtype: DType;
  readonly output: number;
  readonly inputGradient: number;
  readonly weightGradient: number;
  readonly biasGradient: number;
  /** Between the weights and biases of both after ten steps of Adam, each on its own. */
  readonly afterTenSteps: number;
}

/** What is compared: batches of pictures of these sizes, with these channels. */
export const compared = { batch: 8, inFeatures: 32, outFeatures: 10, sides: [1, 14] } as const;

/** Compares both layers on 1×1 pictures and at every pixel of larger ones. All that is returned is computed here. */
export function prove(seed: number): ProofRow[] {
  const rows: ProofRow[] = [];
  for (const dtype of ["float32", "float64"] as const) {
    for (const side of compared.sides) rows.push(compare(side, dtype, new Rng(seed)));
  }
  return rows;
}

function compare(side: number, dtype: DType, rng: Rng): ProofRow {
  const { batch, inFeatures, outFeatures } = compared;
  const linear = inDtype(new Linear(inFeatures, outFeatures, { rng }), dtype);
  const conv = inDtype(Conv1x1.from(linear), dtype);
  const x = rng.normal([batch, inFeatures, side, side], { dtype });
  const target = rng.normal([batch, outFeatures, side, side], { dtype });
  const atEveryPixel = (pictures: Tensor) => toPictures(linear.forward(toPixels(pictures)), side);
  const slidOver = (pictures: Tensor) => conv.forward(pictures);

  const output = largestDifference(atEveryPixel(x), slidOver(x));
  const [dense, convolution] = [gradients(linear, atEveryPixel, x, target), gradients(conv, slidOver, x, target)];
  const [inputGradient, weightGradient, biasGradient] = dense.map((g, i) => largestDifference(g, convolution[i]!));
  tenSteps(linear, atEveryPixel, x, target);
  tenSteps(conv, slidOver, x, target);
  const pairs = linear.parameters().map((p, i) => largestDifference(p, conv.parameters()[i]!));
  return {
    side,
    dtype,
    output,
    inputGradient: inputGradient!,
    weightGradient: weightGradient!,
    biasGradient: biasGradient!,
    afterTenSteps: Math.max(...pairs),
  };
}

/** Gradients by the pictures, the weight and the bias. */
function gradients(layer: Module, run: (x: Tensor) => Tensor, x: Tensor, target: Tensor): Tensor[] {
  const wrt = [x, ...layer.parameters()];
  const [, grads] = valueAndGrad(() => mseLoss(run(x), target), wrt);
  return wrt.map((t) => grads.get(t)!);
}

function tenSteps(layer: Module, run: (x: Tensor) => Tensor, x: Tensor, target: Tensor): void {
  const optimizer = new Adam(layer.parameters(), { lr: 0.01 });
  for (let i = 0; i < 10; i++) {
    optimizer.step(valueAndGrad(() => mseLoss(run(x), target), layer.parameters())[1]);
  }
}

/** [N, C, H, W] to [N·H·W, C]: every pixel a sample. */
const toPixels = (x: Tensor): Tensor => reshape(permute(x, [0, 2, 3, 1]), [-1, x.shape[1]!]);

/** [N·side·side, C] to [N, C, side, side]. */
const toPictures = (x: Tensor, side: number): Tensor =>
  permute(reshape(x, [-1, side, side, x.shape[1]!]), [0, 3, 1, 2]);

/** Tensors may differ in shape: a dense layer's weight is [out, in], a 1×1 convolution's [out, in, 1, 1]. */
const largestDifference = (a: Tensor, b: Tensor): number => amax(abs(sub(a, reshape(b, a.shape)))).item();

function inDtype<L extends Linear | Conv1x1>(layer: L, dtype: DType): L {
  layer.weight = new Parameter(cast(layer.weight, dtype));
  layer.bias = layer.bias && new Parameter(cast(layer.bias, dtype));
  return layer;
}

/** Differences up to this are due to the order in which float32 numbers are added up. */
const tolerance = 1e-6;

export function largestOf(rows: readonly ProofRow[], dtype: DType): number {
  const ofDtype = rows.filter((row) => row.dtype === dtype);
  return Math.max(
    ...ofDtype.flatMap((r) => [r.output, r.inputGradient, r.weightGradient, r.biasGradient, r.afterTenSteps]),
  );
}

/** @throws Error if the layers differ by more than rounding: then one of them is wrong. */
export function checkProof(rows: readonly ProofRow[]): void {
  const largest = Math.max(largestOf(rows, "float32"), largestOf(rows, "float64"));
  if (!(largest <= tolerance)) throw new Error(`Linear and Conv1x1 differ by ${largest}, which is more than rounding.`);
}

export const formatDifference = (difference: number): string => (difference === 0 ? "0" : difference.toExponential(1));

/** What the differences mean, in a sentence or two. */
export function explainProof(rows: readonly ProofRow[]): string {
  const [single, double] = [largestOf(rows, "float32"), largestOf(rows, "float64")];
  const sentence = (dtype: string, largest: number) =>
    largest === 0
      ? `In ${dtype} both are equal to the last bit`
      : `In ${dtype} the largest difference is ${formatDifference(largest)}`;
  const reason = "What is not 0 is rounding: both add up the same products, but not in the same order.";
  return `${sentence("float32", single)}. ${sentence("float64", double)}.${single + double > 0 ? ` ${reason}` : ""}`;
}
