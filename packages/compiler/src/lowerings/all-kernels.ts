import { convKernels } from "./conv2d.ts";
import { copyKernels } from "./copies.ts";
import { indexKernels } from "./indexing.ts";
import { matmulKernels } from "./matmul.ts";
import { poolKernels } from "./pool2d.ts";
import { softmaxKernels } from "./softmax.ts";

export { convKernels, copyKernels, indexKernels, matmulKernels, poolKernels, softmaxKernels };

/** Every family of kernels. */
export const allKernels = [convKernels, copyKernels, indexKernels, matmulKernels, poolKernels, softmaxKernels];
