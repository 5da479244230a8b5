import type { Buffer } from "../op.ts";
import type { Conv2dAttrs } from "../ops/conv2d-options.ts";
import type { Shape } from "../shape.ts";
import { addPanel, fillPanel, multiplyPanel, panelWidth, toFloat64 } from "./panel.ts";

/**
 * A convolution as a product of matrices, one picture at a time: row m of the weights times the column of all that the
 * window at pixel p sees. That matrix of windows is never built: entry (t, p) of it is `picture[taps[t] + pixels[p]]` in a
 * picture that has its padding around it.
 */
class Windows {
  /** Sizes: maps that come out of a group, weights of one map, pixels of a map. */
  readonly maps: number;
  readonly taps: Int32Array;
  readonly pixels: Int32Array;
  /** One padded picture [channels, height, width]. */
  readonly picture: Float64Array;
  /** How far the channels of one group lie from those of the next in the picture. */
  readonly groupStep: number;
  private readonly shape: Shape;
  private readonly paddedHeight: number;
  private readonly paddedWidth: number;
  private readonly corner: number;

  /** From the shapes of the pictures [N, C, H, W], the weights and the maps that come out. */
  constructor(pictures: Shape, weights: Shape, maps: Shape, attrs: Conv2dAttrs) {
    const [, channels, height, width] = pictures as [number, number, number, number];
    const [outputs, groupChannels, kernelHeight, kernelWidth] = weights as [number, number, number, number];
    const [[top, bottom], [left, right]] = attrs.padding;
    this.shape = pictures;
    this.maps = outputs / attrs.groups;
    this.paddedHeight = height + top + bottom;
    this.paddedWidth = width + left + right;
    this.corner = top * this.paddedWidth + left;
    const plane = this.paddedHeight * this.paddedWidth;
    this.picture = new Float64Array(channels * plane);
    this.groupStep = groupChannels * plane;
    const [rowStep, columnStep] = [attrs.dilation[0] * this.paddedWidth, attrs.dilation[1]];
    this.taps = grid([groupChannels, kernelHeight, kernelWidth], [plane, rowStep, columnStep]);
    this.pixels = grid([1, maps[2]!, maps[3]!], [0, attrs.stride[0] * this.paddedWidth, attrs.stride[1]]);
  }

  /** Makes `picture` the n-th of the pictures. */
  load({ data }: Buffer, n: number): void {
    const [, channels, height, width] = this.shape as [number, number, number, number];
    let from = n * channels * height * width;
    for (let row = 0; row < channels * height; row++) {
      const to = this.rowStart(row, height);
      for (let x = 0; x < width; x++) this.picture[to + x] = data[from++]!;
    }
  }

  /** Writes `picture`, without its padding, as the n-th of the pictures. */
  store({ data }: Buffer, n: number): void {
    const [, channels, height, width] = this.shape as [number, number, number, number];
    let to = n * channels * height * width;
    for (let row = 0; row < channels * height; row++) {
      const from = this.rowStart(row, height);
      for (let x = 0; x < width; x++) data[to++] = this.picture[from + x]!;
    }
  }

  private rowStart(row: number, height: number): number {
    const channel = Math.floor(row / height);
    return this.corner + (row + channel * (this.paddedHeight - height)) * this.paddedWidth;
  }
}

/** The offsets of all points of a three-dimensional grid, the last dimension fastest. */
function grid(sizes: readonly [number, number, number], steps: readonly [number, number, number]): Int32Array {
  const offsets = new Int32Array(sizes[0] * sizes[1] * sizes[2]);
  let at = 0;
  for (let i = 0; i < sizes[0]; i++) {
    for (let j = 0; j < sizes[1]; j++) {
      for (let k = 0; k < sizes[2]; k++) offsets[at++] = i * steps[0] + j * steps[1] + k * steps[2];
    }
  }
  return offsets;
}

/** out [N, Cout, H', W'] from the pictures x [N, Cin, H, W] and the weights w [Cout, Cin/groups, kH, kW]. */
export function conv2dKernel(out: Buffer, attrs: Conv2dAttrs, x: Buffer, w: Buffer): void {
  const windows = new Windows(x.shape, w.shape, out.shape, attrs);
  const { maps, taps, pixels, groupStep, picture } = windows;
  const weights = toFloat64(w.data);
  const panel = new Float64Array(taps.length * panelWidth);
  const products = new Float64Array(maps * panelWidth);
  for (let n = 0, to = 0; n < x.shape[0]!; n++) {
    windows.load(x, n);
    for (let group = 0; group < attrs.groups; group++, to += maps * pixels.length) {
      for (let first = 0; first < pixels.length; first += panelWidth) {
        fillPanel(panel, picture, group * groupStep, taps, pixels, first);
        multiplyPanel(products, maps, taps.length, weights, group * maps * taps.length, panel);
        const lanes = Math.min(panelWidth, pixels.length - first);
        for (let map = 0; map < maps; map++) {
          const at = to + map * pixels.length + first;
          for (let lane = 0; lane < lanes; lane++) out.data[at + lane] = products[map * panelWidth + lane]!;
        }
      }
    }
  }
}

/** The gradient by the pictures: each window's is the transposed weights times the gradients of its pixel. */
export function conv2dInputGradKernel(out: Buffer, attrs: Conv2dAttrs, grad: Buffer, w: Buffer): void {
  const windows = new Windows(out.shape, w.shape, grad.shape, attrs);
  const { maps, taps, pixels, groupStep, picture } = windows;
  const weights = transposeGroups(toFloat64(w.data), attrs.groups, maps, taps.length);
  const gradient = new Float64Array(attrs.groups * maps * pixels.length);
  const rows = grid([1, 1, maps], [0, 0, pixels.length]);
  const columns = grid([1, 1, pixels.length], [0, 0, 1]);
  const panel = new Float64Array(maps * panelWidth);
  const products = new Float64Array(taps.length * panelWidth);
  for (let n = 0; n < grad.shape[0]!; n++) {
    gradient.set(grad.data.subarray(n * gradient.length, (n + 1) * gradient.length));
    picture.fill(0);
    for (let group = 0; group < attrs.groups; group++) {
      for (let first = 0; first < pixels.length; first += panelWidth) {
        fillPanel(panel, gradient, group * maps * pixels.length, rows, columns, first);
        multiplyPanel(products, taps.length, maps, weights, group * maps * taps.length, panel);
        addPanel(products, picture, group * groupStep, taps, pixels, first);
      }
    }
    windows.store(out, n);
  }
}

function transposeGroups(w: Float64Array, groups: number, rows: number, columns: number): Float64Array {
  const out = new Float64Array(w.length);
  for (let group = 0; group < groups; group++) {
    const base = group * rows * columns;
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) out[base + c * rows + r] = w[base + r * columns + c]!;
    }
  }
  return out;
}

/** The gradient by the weights: that of each map times what its windows saw, summed over pixels and pictures. */
export function conv2dWeightGradKernel(out: Buffer, attrs: Conv2dAttrs, grad: Buffer, x: Buffer): void {
  const windows = new Windows(x.shape, out.shape, grad.shape, attrs);
  const { maps, taps, pixels, groupStep, picture } = windows;
  const gradient = new Float64Array(attrs.groups * maps * pixels.length);
  const sums = new Float64Array(attrs.groups * maps * taps.length);
  const panel = new Float64Array(pixels.length * panelWidth);
  const products = new Float64Array(maps * panelWidth);
  for (let n = 0; n < x.shape[0]!; n++) {
    windows.load(x, n);
    gradient.set(grad.data.subarray(n * gradient.length, (n + 1) * gradient.length));
    for (let group = 0; group < attrs.groups; group++) {
      for (let first = 0; first < taps.length; first += panelWidth) {
        fillPanel(panel, picture, group * groupStep, pixels, taps, first);
        multiplyPanel(products, maps, pixels.length, gradient, group * maps * pixels.length, panel);
        const lanes = Math.min(panelWidth, taps.length - first);
        for (let map = 0; map < maps; map++) {
          const at = (group * maps + map) * taps.length + first;
          for (let lane = 0; lane < lanes; lane++) sums[at + lane]! += products[map * panelWidth + lane]!;
        }
      }
    }
  }
  out.data.set(sums);
}
