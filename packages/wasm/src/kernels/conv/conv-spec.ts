type Pair = readonly [number, number];

/** The sizes of a convolution: pictures [channels, height, width] and weights [maps, channels/groups, kernelHeight, kernelWidth]. */
export interface ConvSpec {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly maps: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  /** As all pairs: [vertical, horizontal]. */
  readonly stride: Pair;
  /** [[above, below], [left, right]] */
  readonly padding: readonly [Pair, Pair];
  readonly dilation: Pair;
  readonly groups: number;
}

/** One dimension of a convolution. */
export interface ConvAxis {
  /** Of the picture. */
  readonly size: number;
  /** Of a map. */
  readonly outSize: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before the picture. Those behind it show in `outSize`. */
  readonly padding: number;
}

/** The vertical and the horizontal dimension. */
export function convAxes(spec: ConvSpec): [ConvAxis, ConvAxis] {
  const { stride, padding, dilation } = spec;
  return [
    {
      size: spec.height,
      outSize: spec.outHeight,
      kernel: spec.kernelHeight,
      stride: stride[0],
      dilation: dilation[0],
      padding: padding[0][0],
    },
    {
      size: spec.width,
      outSize: spec.outWidth,
      kernel: spec.kernelWidth,
      stride: stride[1],
      dilation: dilation[1],
      padding: padding[1][0],
    },
  ];
}

/** A convolution that is a product of matrices as they lie in memory: weights [maps, depth] times a picture [depth, pixels]. */
export interface ProductShape {
  readonly depth: number;
  readonly pixels: number;
}

/** Where each pixel of a map depends on the same pixel of the picture alone, or a map has one pixel that depends on all of the picture. */
export function productShape(spec: ConvSpec): ProductShape | undefined {
  const { channels, kernelHeight, kernelWidth, height, width, outHeight, outWidth, padding, groups } = spec;
  if (groups !== 1 || padding[0][0] !== 0 || padding[1][0] !== 0) return undefined;
  if (kernelHeight === 1 && kernelWidth === 1 && height === outHeight && width === outWidth) {
    return { depth: channels, pixels: height * width };
  }
  const seesAll = kernelHeight === height && kernelWidth === width && outHeight === 1 && outWidth === 1;
  return seesAll ? { depth: channels * height * width, pixels: 1 } : undefined;
}
