import { tensor } from "@pointwise/tensor";
import { TensorDataset } from "../tensor-dataset.ts";

/** The four pairs of bits, float32 [4, 2], and whether they differ, int32 [4]: the smallest set that no linear model learns. */
export function xor(): TensorDataset {
  const inputs = tensor([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  return new TensorDataset(inputs, tensor([0, 1, 1, 0], { dtype: "int32" }));
}
