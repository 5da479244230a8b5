import { noGrad } from "@pointwise/autograd";
import { compile } from "@pointwise/compiler";
import { type Sequential, toFullyConvolutional } from "@pointwise/layers";
import { fromData, Rng, softmax, type Tensor } from "@pointwise/tensor";
import { buildModel } from "../../blocks/build-model.ts";
import type { Session } from "../session.ts";
import type { TrainingData } from "../training-data.ts";
import { detect, type FoundDigit, type WindowAnswers } from "./detect.ts";
import type { Scene } from "./scene.ts";

export interface SearchAnswer extends WindowAnswers {
  readonly found: readonly FoundDigit[];
  /** After how many steps of training the classifier was taken. */
  readonly step: number;
  /** Multiply-accumulate operations. */
  readonly macs: { readonly inOneGo: number; readonly oneWindow: number };
}

/** A classifier of digits, made fully convolutional as it is now: what it learns later changes nothing here. */
export class Searcher {
  /** Class scores [N, classes] of pictures cut out. */
  readonly classify: (x: Tensor) => Tensor;
  private readonly sliding: Sequential;
  private readonly slide: (x: Tensor) => Tensor;
  private readonly data: TrainingData;
  private readonly step: number;
  private readonly macsOfWindow: number;

  constructor({ experiment, data, model }: Session, step: number) {
    const classifier = buildModel(experiment.blocks, data.inputShape, data.classes.length, new Rng()).eval();
    classifier.loadStateDict(model.stateDict());
    const sliding = toFullyConvolutional(classifier, data.inputShape);
    this.data = data;
    this.step = step;
    this.sliding = sliding;
    this.macsOfWindow = classifier.summary(data.inputShape).macs;
    this.classify = compile(function classify(x: Tensor) {
      return noGrad(() => classifier.forward(x));
    });
    this.slide = compile(function slide(x: Tensor) {
      return noGrad(() => sliding.forward(x));
    });
  }

  /** Class scores of all windows in one go: [1, classes, rows, columns]. */
  scores(scene: Scene): Tensor {
    return this.slide(this.pictureOf(scene));
  }

  search(scene: Scene): SearchAnswer {
    const scores = this.scores(scene);
    const [, classes, rows, columns] = scores.shape as readonly [number, number, number, number]; // as `scores` says
    const answers = { classes, rows, columns, probabilities: Float32Array.from(softmax(scores, 1).data) };
    const inOneGo = this.sliding.summary([1, scene.height, scene.width]).macs;
    const macs = { inOneGo, oneWindow: this.macsOfWindow };
    return { ...answers, found: detect(scene, answers), step: this.step, macs };
  }

  /** A scene as the classifier takes pictures: [1, 1, H, W], normalised as the digits are. */
  pictureOf({ pixels, height, width }: Scene): Tensor {
    const { mean, std } = this.data;
    const values = Float32Array.from(pixels, (ink) => (ink - mean[0]!) / std[0]!);
    return fromData(values, [1, 1, height, width], "float32");
  }
}
