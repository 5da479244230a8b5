import { ShapeError } from "../errors.ts";
import { adaptiveWindows, type PoolWindows } from "../kernels/pool-windows.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Pair } from "./pair.ts";
import { checkMaps } from "./pool2d-options.ts";

export interface AdaptivePool2dAttrs {
  readonly outputSize: Pair;
}

/** @throws ShapeError unless x is [N, C, H, W] with something in each map. */
export function adaptivePool2dShape(who: string, { outputSize }: AdaptivePool2dAttrs, x: Shape): Shape {
  const [n, channels, height, width] = checkMaps(who, x);
  if (height < 1 || width < 1) throw new ShapeError(`${who}: the maps of ${formatShape(x)} are empty.`);
  return [n, channels, ...outputSize];
}

/** The windows in both directions. */
export const adaptivePool2dWindows = (input: Shape, output: Shape): [rows: PoolWindows, columns: PoolWindows] => [
  adaptiveWindows(input[2]!, output[2]!),
  adaptiveWindows(input[3]!, output[3]!),
];

/** The kernel of the plain pool that does the same, if there is one. */
export function plainKernel(x: Shape, outputSize: Pair): Pair | undefined {
  const [, , height, width] = x as [number, number, number, number];
  const divides =
    x.length === 4 &&
    height >= outputSize[0] &&
    width >= outputSize[1] &&
    height % outputSize[0] === 0 &&
    width % outputSize[1] === 0;
  return divides ? [height / outputSize[0], width / outputSize[1]] : undefined;
}
