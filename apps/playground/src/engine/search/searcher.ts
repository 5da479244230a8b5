import { noGrad } from "@pointwise/autograd";
import { compile } from "@pointwise/compiler";
import { type Sequential, toFullyConvolutional } from "@pointwise/layers";
import { fromData, type Shape, softmax, type Tensor } from "@pointwise/tensor";
import type { TrainingData } from "../training-data.ts";
import { detect, type FoundDigit, type WindowAnswers } from "./detect.ts";
import type { Scene } from "./scene.ts";

/** A classifier of digits, made fully convolutional as it is now: what it learns later changes nothing here. */
export class Searcher {
  private readonly slide: (x: Tensor) => Tensor;
  private readonly data: TrainingData;

  constructor(classifier: Sequential, data: TrainingData) {
    const sliding = toFullyConvolutional(classifier, data.inputShape).eval();
    this.data = data;
    this.slide = compile(function slide(x: Tensor) {
      return noGrad(() => sliding.forward(x));
    });
  }

  /** Class scores of all windows in one go: [1, classes, rows, columns]. */
  scores(scene: Scene): Tensor {
    return this.slide(pictureOf(scene, this.data));
  }

  search(scene: Scene): WindowAnswers & { readonly found: readonly FoundDigit[] } {
    const scores = this.scores(scene);
    const answers = { ...sizesOf(scores.shape), probabilities: Float32Array.from(softmax(scores, 1).data) };
    return { ...answers, found: detect(scene, answers) };
  }
}

const sizesOf = (shape: Shape) => ({ classes: shape[1]!, rows: shape[2]!, columns: shape[3]! });

/** A scene as the classifier takes pictures: [1, 1, H, W], normalised as the digits are. */
export function pictureOf({ pixels, height, width }: Scene, { mean, std }: TrainingData): Tensor {
  const values = Float32Array.from(pixels, (ink) => (ink - mean[0]!) / std[0]!);
  return fromData(values, [1, 1, height, width], "float32");
}
