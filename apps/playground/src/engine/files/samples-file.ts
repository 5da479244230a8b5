import type { Dataset } from "@pointwise/data";
import { encodeNpz } from "@pointwise/formats";
import type { TrainingData } from "../training-data.ts";

/** A visitor's own samples as the script of "copy as code" reads them: normalised, and split as the page does. */
export function samplesFile({ train, test }: TrainingData): Uint8Array<ArrayBuffer> {
  const [trainInputs, trainTargets] = all(train);
  const [testInputs, testTargets] = all(test);
  const arrays = Object.entries({ trainInputs, trainTargets, testInputs, testTargets });
  return encodeNpz(new Map(arrays), { compress: true });
}

const all = (samples: Dataset) => samples.batch(Int32Array.from({ length: samples.length }, (_, i) => i));
