import type { LabelledImages } from "@pointwise/data";
import { FormatError, Rng } from "@pointwise/tensor";
import type { TrainingData } from "../training-data.ts";
import { splitImages } from "./image-sets.ts";

/** A visitor's pictures, of one size, each with the class of its folder. */
export interface Pictures extends LabelledImages {
  readonly classes: readonly string[];
}

/** One in five is held out, the same ones whatever the experiment's seed is. @throws FormatError if there is too little to learn from. */
export function splitPictures({ classes, ...images }: Pictures): TrainingData {
  const [count] = images.shape;
  if (classes.length < 2) {
    const found = classes.length === 0 ? "none" : `only ${JSON.stringify(classes[0])}`;
    throw new FormatError(
      `Expected pictures in at least two folders, one a class, but found ${found}. Choose the folder that holds these folders.`,
    );
  }
  if (count < 10) {
    throw new FormatError(`Expected at least 10 pictures, some to train on and some to hold out, but found ${count}.`);
  }
  const order = Int32Array.from(new Rng("pictures: held out").permutation(count).data);
  return splitImages(images, order, Math.round(count / 5), classes);
}
