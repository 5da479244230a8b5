import { full, type Shape, type Tensor } from "@pointwise/tensor";

/** Every value the same. @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.constant_ */
export const constant = (shape: Shape, value: number): Tensor => full(shape, value);
