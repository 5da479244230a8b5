import { gunzip, isGzip, type LabelledImages, type NamedBytes, parseIdxImages } from "@pointwise/data";
import { FormatError, formatShape } from "@pointwise/tensor";
import { findFiles, readBytes } from "./read-file.ts";

/** The names that MNIST's files have, which others took over. Some unpackers put a dot for the dash before "idx". */
const namesOf = (part: string, kind: string): string[] =>
  [`${part}-${kind}-ubyte`, `${part}-${kind}-ubyte.gz`].flatMap((name) => [name, name.replace("-idx", ".idx")]);

const files = {
  trainImages: namesOf("train", "images-idx3"),
  trainLabels: namesOf("train", "labels-idx1"),
  testImages: namesOf("t10k", "images-idx3"),
  testLabels: namesOf("t10k", "labels-idx1"),
};

/**
 * Reads a training and a test set from a folder of four IDX files, plain or compressed with gzip.
 * @param advice where to get the files
 * @throws UsageError for files that are missing, FormatError for ones that are damaged or do not belong together.
 */
export async function loadIdxFolder(
  folder: string,
  classes: number,
  advice: string,
): Promise<{ train: LabelledImages; test: LabelledImages }> {
  const found = findFiles(folder, files, advice);
  const read = async (file: string): Promise<NamedBytes> => {
    const bytes = readBytes(file, advice);
    return { file, bytes: isGzip(bytes) ? await gunzip(bytes, file) : bytes };
  };
  const train = parseIdxImages(await read(found.trainImages), await read(found.trainLabels), classes);
  const test = parseIdxImages(await read(found.testImages), await read(found.testLabels), classes);
  checkUsable(train, found.trainImages);
  checkUsable(test, found.testImages);
  if (String(train.shape.slice(1)) !== String(test.shape.slice(1))) {
    const size = ({ shape: [, , height, width] }: LabelledImages) => `${height}×${width}`;
    throw new FormatError(
      `${found.testImages}: expected pictures of ${size(train)} pixels, as in ${found.trainImages}, but found ${size(test)}.`,
    );
  }
  return { train, test };
}

function checkUsable({ shape, pixels }: LabelledImages, file: string): void {
  if (pixels.length > 0) return;
  throw new FormatError(`${file}: expected pictures, but its header says ${formatShape(shape)}: there are none.`);
}
