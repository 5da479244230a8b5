/** Of each row of scores [n, classes]: softmax. */
export function probabilitiesOf(scores: ArrayLike<number>, classes: number): Float32Array {
  const probabilities = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += classes) {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = start; i < start + classes; i++) most = Math.max(most, scores[i]!);
    let sum = 0;
    for (let i = start; i < start + classes; i++) sum += Math.exp(scores[i]! - most);
    for (let i = start; i < start + classes; i++) probabilities[i] = Math.exp(scores[i]! - most) / sum;
  }
  return probabilities;
}
