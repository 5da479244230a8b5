import { noGrad } from "@pointwise/autograd";
import { compile } from "@pointwise/compiler";
import { toFullyConvolutional } from "@pointwise/layers";
import { fromData, Rng, softmax, type Tensor } from "@pointwise/tensor";
import { buildModel } from "../../blocks/build-model.ts";
import type { Session } from "../session.ts";
import type { TrainingData } from "../training-data.ts";
import { detect, type FoundDigit, type WindowAnswers } from "./detect.ts";
import type { Scene } from "./scene.ts";
import { windowsWithInk } from "./windows-with-ink.ts";

export interface SearchAnswer extends WindowAnswers {
  readonly found: readonly FoundDigit[];
  /** After how many steps of training the classifier was taken. */
  readonly step: number;
  /** For each window 1 if it has ink: without any the classifier names a digit all the same. [rows, columns] */
  readonly hasInk: Uint8Array;
}

/** A classifier of digits, made fully convolutional as it is now: what it learns later changes nothing here. */
export class Searcher {
  /** Class scores [N, classes] of pictures cut out. */
  readonly classify: (x: Tensor) => Tensor;
  private readonly slide: (x: Tensor) => Tensor;
  private readonly data: TrainingData;
  private readonly step: number;

  constructor({ experiment, data, model }: Session, step: number) {
    const classifier = buildModel(experiment.blocks, data.inputShape, data.classes.length, new Rng()).eval();
    classifier.loadStateDict(model.stateDict());
    const sliding = toFullyConvolutional(classifier, data.inputShape);
    this.data = data;
    this.step = step;
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
    const hasInk = windowsWithInk(scene, rows, columns);
    return { ...answers, found: detect(scene, answers), step: this.step, hasInk };
  }

  /** A scene as the classifier takes pictures: [1, 1, H, W], normalised as the digits are. */
  pictureOf({ pixels, height, width }: Scene): Tensor {
    const { mean, std } = this.data;
    const values = Float32Array.from(pixels, (ink) => (ink - mean[0]!) / std[0]!);
    return fromData(values, [1, 1, height, width], "float32");
  }
}
