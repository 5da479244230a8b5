import { ShapeError, UsageError } from "../errors.ts";
import { type PoolWindows, slidingWindows } from "../kernels/pool-windows.ts";
import { formatShape, type Shape } from "../shape.ts";
import { type Pair, toPair } from "./pair.ts";

export interface Pool2dOptions {
  /** The kernel's size unless said otherwise. */
  readonly stride?: number | Pair | undefined;
  /** On each side, or [above and below, left and right]; at most half the kernel. */
  readonly padding?: number | Pair | undefined;
  /** Lets the last window hang over the edge, where the stride leaves a rest. */
  readonly ceilMode?: boolean | undefined;
}

/** The options of a pool, spelled out. */
export interface Pool2dAttrs {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly ceilMode: boolean;
}

/** @throws UsageError for a number that is out of range. */
export function pool2dAttrs(
  who: string,
  kernelSize: number | Pair,
  options: Pool2dOptions,
  spacing: number | Pair = 1,
): Pool2dAttrs {
  const kernel = toPair(who, "kernelSize", kernelSize, 1);
  const stride = toPair(who, "stride", options.stride ?? kernel, 1);
  const padding = toPair(who, "padding", options.padding ?? 0, 0);
  const dilation = toPair(who, "dilation", spacing, 1);
  const covered = kernel.map((k, i) => (k - 1) * dilation[i]! + 1);
  if (padding.some((p, i) => 2 * p > covered[i]!)) {
    throw new UsageError(
      `${who}: a padding of ${formatShape(padding)} is more than half of what the kernel covers, ${formatShape(covered)}: some windows would see ` +
        `nothing but padding. Use pad(x, ...) if that is meant.`,
    );
  }
  return { kernelSize: kernel, stride, padding, dilation, ceilMode: options.ceilMode ?? false };
}

/**
 * The shape that a pool gives, for maps [N, C, H, W].
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
 * @throws ShapeError
 */
export function pool2dShape(who: string, attrs: Pool2dAttrs, x: Shape): Shape {
  const { kernelSize, stride, padding, dilation, ceilMode } = attrs;
  const [n, channels, ...size] = checkMaps(who, x);
  const out = size.map((d, i) => {
    const room = d + 2 * padding[i]! - dilation[i]! * (kernelSize[i]! - 1) - 1;
    const steps = room / stride[i]!;
    if (d < 1 || (ceilMode ? Math.ceil(steps) : Math.floor(steps)) < 0) {
      throw new ShapeError(
        `${who}: a kernel of ${formatShape(kernelSize)} (dilation ${formatShape(dilation)}, padding ${formatShape(padding)}) does not fit maps of ` +
          `${formatShape(size)}. Use a smaller kernel, or fewer pools before this one.`,
      );
    }
    if (!ceilMode) return Math.floor(steps) + 1;
    const last = Math.ceil(steps); // unless that window would begin beyond the picture and the padding before it
    return last * stride[i]! >= d + padding[i]! ? last : last + 1;
  });
  const output = [n, channels, ...out];
  const isEmpty = ({ start, end }: PoolWindows) => start.some((s, i) => s >= end[i]!);
  if (pool2dWindows(attrs, x, output).some(isEmpty)) {
    throw new ShapeError(
      `${who}: with a dilation of ${formatShape(dilation)} and a padding of ${formatShape(padding)}, some windows see nothing of maps of ` +
        `${formatShape(size)}. Use a smaller dilation or padding.`,
    );
  }
  return output;
}

/** @throws ShapeError unless the shape has four dimensions. */
export function checkMaps(who: string, x: Shape): readonly [number, number, number, number] {
  if (x.length !== 4) {
    throw new ShapeError(
      `${who}: takes maps [N, C, H, W], but got ${formatShape(x)}. One sample [C, H, W] is a batch of one: unsqueeze(x, 0).`,
    );
  }
  return x as readonly [number, number, number, number];
}

/** The windows in both directions. */
export function pool2dWindows(
  attrs: Pool2dAttrs,
  input: Shape,
  output: Shape,
): [rows: PoolWindows, columns: PoolWindows] {
  const direction = (i: 0 | 1) =>
    slidingWindows(input[2 + i]!, output[2 + i]!, {
      kernel: attrs.kernelSize[i],
      stride: attrs.stride[i],
      padding: attrs.padding[i],
      dilation: attrs.dilation[i],
    });
  return [direction(0), direction(1)];
}
