import { FormatError, formatShape } from "@pointwise/tensor";
import type { LabelledImages } from "../labelled-images.ts";
import { mismatch, plural } from "./format-error.ts";
import { parseIdx } from "./idx.ts";

/** The bytes of a file, with its name for errors. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly file: string;
}

/**
 * Reads a pair of IDX files that belong together: uint8 pictures [N, H, W] and their labels [N], as MNIST has them.
 * @param classes how many classes there are: labels are 0 to classes − 1.
 * @throws FormatError if one is not such a file, the counts differ, or a label is out of range.
 */
export function parseIdxImages(images: NamedBytes, labels: NamedBytes, classes: number): LabelledImages {
  const { data: pixels, shape } = parseBytes(images, 3, "pictures [count, height, width]");
  const { data: classOf } = parseBytes(labels, 1, "labels [count]");
  const [n, height, width] = shape;
  if (n !== classOf.length) {
    throw new FormatError(
      `${labels.file}: at byte 4: expected ${n} labels, one for each picture in ${images.file}, but found ${classOf.length}. ` +
        "The files do not belong together: is one of the training set and the other of the test set?",
    );
  }
  const wrong = classOf.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    const [expected, found] = [`a label from 0 to ${classes - 1}`, `${classOf[wrong]} for picture ${wrong}`];
    throw mismatch({ file: labels.file, at: LABELS_START + wrong, expected, found });
  }
  return { pixels, shape: [n!, 1, height!, width!], labels: Int32Array.from(classOf) };
}

/** The size of the header: 4 bytes, and one dimension. */
const LABELS_START = 8;

function parseBytes({ bytes, file }: NamedBytes, rank: number, what: string) {
  const { type, shape, data } = parseIdx(bytes, file);
  if (!(data instanceof Uint8Array)) {
    throw mismatch({ file, at: 2, expected: `${what} of type uint8`, found: type });
  }
  if (shape.length !== rank) {
    const found = `${plural(shape.length, "dimension")}: ${formatShape(shape)}`;
    const hint = "Are the files of pictures and of labels exchanged?";
    throw mismatch({ file, at: 3, expected: what, found, hint });
  }
  return { shape, data };
}
