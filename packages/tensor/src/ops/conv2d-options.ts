import { UsageError } from "../errors.ts";
import { checkWhole, type Pair, toPair } from "./pair.ts";

export interface Conv2dOptions {
  readonly stride?: number | Pair | undefined;
  /** Zeros around the picture: on each side, [above and below, left and right], "same" (keeps the size) or "valid" (none). */
  readonly padding?: number | Pair | "same" | "valid" | undefined;
  /** The distance of the pixels that neighbouring weights are applied to. */
  readonly dilation?: number | Pair | undefined;
  /** Channels are split into so many groups, each convolved with weights of its own. */
  readonly groups?: number | undefined;
}

/** The options of a convolution, spelled out. */
export interface Conv2dAttrs {
  readonly stride: Pair;
  /** [[above, below], [left, right]] */
  readonly padding: readonly [Pair, Pair];
  readonly dilation: Pair;
  readonly groups: number;
}

/** @throws UsageError for a number that is out of range, or "same" with a stride. */
export function conv2dAttrs(who: string, options: Conv2dOptions, kernelSize: Pair): Conv2dAttrs {
  const stride = toPair(who, "stride", options.stride ?? 1, 1);
  const dilation = toPair(who, "dilation", options.dilation ?? 1, 1);
  const groups = checkWhole(who, "groups", options.groups ?? 1, 1);
  const padding = options.padding ?? 0;
  if (padding === "same") {
    if (stride[0] !== 1 || stride[1] !== 1) {
      throw new UsageError(
        `${who}: padding "same" keeps the picture's size, which a stride of [${stride.join(", ")}] cannot. Use stride 1, or say the padding in numbers.`,
      );
    }
    return { stride, padding: [same(kernelSize[0], dilation[0]), same(kernelSize[1], dilation[1])], dilation, groups };
  }
  const [vertical, horizontal] = toPair(who, "padding", padding === "valid" ? 0 : padding, 0);
  return {
    stride,
    padding: [
      [vertical, vertical],
      [horizontal, horizontal],
    ],
    dilation,
    groups,
  };
}

/** As PyTorch, one more after than before where the total is odd. */
function same(kernelSize: number, dilation: number): Pair {
  const total = dilation * (kernelSize - 1);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
