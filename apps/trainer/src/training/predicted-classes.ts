import { argmax, type Tensor } from "@pointwise/tensor";

/** The class with the highest score of each sample, from logits [N, classes]. */
export const predictedClasses = (logits: Tensor): number[] => [...argmax(logits, 1).data];
