/**
 * An exponential moving average without a bias towards 0 at the start: what Adam does to its moments.
 * @param weight of what was before, from 0 (no smoothing) to less than 1
 */
export function smooth(values: readonly number[], weight = 0.93): number[] {
  let [average, sumOfWeights] = [0, 0];
  return values.map((value) => {
    average = weight * average + (1 - weight) * value;
    sumOfWeights = weight * sumOfWeights + (1 - weight);
    return average / sumOfWeights;
  });
}
