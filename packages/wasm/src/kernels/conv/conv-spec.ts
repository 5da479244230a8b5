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

/** A convolution that is a product of matrices as they lie in memory: weights [maps, channels] times a picture [channels, pixels]. */
export interface ProductShape {
  readonly maps: number;
  readonly channels: number;
  readonly pixels: number;
}

/** Where each pixel of a map depends on the same pixel of the picture alone. */
export function productShape(spec: ConvSpec): ProductShape | undefined {
  const { maps, channels, kernelHeight, kernelWidth, height, width, outHeight, outWidth, padding, groups } = spec;
  const isPointwise = groups === 1 && kernelHeight === 1 && kernelWidth === 1;
  const isWhole = height === outHeight && width === outWidth && padding[0][0] === 0 && padding[1][0] === 0;
  return isPointwise && isWhole ? { maps, channels, pixels: height * width } : undefined;
}
