import { fromData, UsageError } from "@pointwise/tensor";
import { TensorDataset } from "../tensor-dataset.ts";

export interface CurvePoint {
  /** Number of the sample. */
  readonly index: number;
  /** From 0 at the beginning of its class's curve to 1 at the end. */
  readonly along: number;
  readonly label: number;
}

/** Points spread evenly along one curve a class, sorted by class: inputs float32 [samples, 2], targets int32 [samples]. */
export function pointsOnCurves(
  samples: number,
  classes: number,
  place: (point: CurvePoint) => readonly [x: number, y: number],
): TensorDataset {
  const [inputs, targets] = [new Float32Array(2 * samples), new Int32Array(samples)];
  for (let label = 0, index = 0; label < classes; label++) {
    const count = Math.floor(samples / classes) + (label < samples % classes ? 1 : 0);
    for (let i = 0; i < count; i++, index++) {
      inputs.set(place({ index, along: i / Math.max(1, count - 1), label }), 2 * index);
      targets[index] = label;
    }
  }
  return new TensorDataset(fromData(inputs, [samples, 2], "float32"), fromData(targets, [samples], "int32"));
}

/** @throws UsageError unless there is a sample for each class, and the noise is a standard deviation. */
export function checkSamples(who: string, samples: number, classes: number, noise: number): void {
  if (!Number.isInteger(samples) || samples < classes) {
    throw new UsageError(
      `${who}: needs a whole number of samples, at least one for each of ${classes} classes, but got ${samples}.`,
    );
  }
  if (!(noise >= 0 && Number.isFinite(noise))) {
    throw new UsageError(`${who}: the noise is a standard deviation and must be ≥ 0, but is ${noise}.`);
  }
}
