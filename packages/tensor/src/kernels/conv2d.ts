import type { Buffer } from "../op.ts";
import type { Conv2dAttrs } from "../ops/conv2d-options.ts";
import { ConvWindows, grid } from "./conv-windows.ts";
import { addPanel, fillPanel, multiplyPanel, panelWidth, toFloat64 } from "./panel.ts";

/** out [N, Cout, H', W'] from the pictures x [N, Cin, H, W] and the weights w [Cout, Cin/groups, kH, kW]. */
export function conv2dKernel(out: Buffer, attrs: Conv2dAttrs, x: Buffer, w: Buffer): void {
  const windows = new ConvWindows(x.shape, w.shape, out.shape, attrs);
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
  const windows = new ConvWindows(out.shape, w.shape, grad.shape, attrs);
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
  const windows = new ConvWindows(x.shape, out.shape, grad.shape, attrs);
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
