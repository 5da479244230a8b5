import { makeBlock } from "../../blocks/block.ts";
import { describeBlocks } from "../../blocks/describe-blocks.ts";
import { bodyStride, digitClasses, digitShape, twinExperiment } from "../twins/twin-experiments.ts";
import { windowSide } from "./detect.ts";
import type { Scene } from "./scene.ts";

export interface SlidingCosts {
  /** Of windows. */
  readonly rows: number;
  readonly columns: number;
  /** The dense layer, and the convolution that it becomes, which has kernels as large as the map. */
  readonly layerBefore: string;
  readonly layerAfter: string;
  readonly parameters: number;
  /** Height and width of a kernel. */
  readonly kernelSize: number;
  readonly mapChannels: number;
  /** Multiply-accumulate operations. */
  readonly macs: { readonly oneWindow: number; readonly inOneGo: number };
}

/** What the dense twin costs when it slides over a scene, and when each window is cut out. */
export function slidingCosts({ height, width }: Pick<Scene, "height" | "width">): SlidingCosts {
  const { blocks } = twinExperiment("dense", 0);
  const dense = describeBlocks(blocks, digitShape, digitClasses);
  const [mapChannels, kernelSize] = dense.rows.at(-3)!.outputShape as readonly [number, number]; // the map before Flatten
  const head = makeBlock("conv", { channels: digitClasses, kernel: kernelSize, padding: 0 });
  const sliding = describeBlocks([...blocks.slice(0, -2), head], [1, height, width], digitClasses);
  return {
    rows: (height - windowSide) / bodyStride + 1,
    columns: (width - windowSide) / bodyStride + 1,
    layerBefore: dense.rows.at(-1)!.layer,
    layerAfter: sliding.rows.at(-1)!.layer,
    parameters: dense.rows.at(-1)!.parameters,
    kernelSize,
    mapChannels,
    macs: { oneWindow: dense.macs, inOneGo: sliding.macs },
  };
}
