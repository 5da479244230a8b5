import { argmax, type Tensor } from "@pointwise/tensor";

/** The class with the highest score of each sample, from logits [N, classes]. */
export const predictedClasses = (logits: Tensor): number[] => [...argmax(logits, 1).data];

/** How many samples have the highest score at their label. */
export const countCorrect = (logits: Tensor, labels: Tensor): number =>
  predictedClasses(logits).filter((predicted, i) => predicted === labels.data[i]).length;
