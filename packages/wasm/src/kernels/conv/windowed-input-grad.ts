import { absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { compact } from "./compact.ts";
import { type ConvSpec, convAxes } from "./conv-spec.ts";
import type { InputGradAddresses } from "./conv2d-input-grad.ts";
import { beyond } from "./map-epilogue.ts";
import { type GradientPhase, gradientAxis } from "./plane-axis.ts";
import { Planes } from "./planes.ts";
import {
  depthOf,
  packedSize,
  prepareWindowProduct,
  productStride,
  type WindowProductSpec,
  windowProduct,
} from "./window-product.ts";

/** The product for the pixels of one phase of each dimension, and where its parts lie in the memory of all products. */
interface PhaseProduct {
  readonly spec: WindowProductSpec;
  readonly table: number;
  readonly weights: number;
  readonly product: number;
}

/**
 * Windows over a padded copy of the maps' gradients, met by the transposed weights from the last to the first. A stride splits the pixels
 * into phases, each of which only some of the weights reach: one product for each.
 */
export function windowedInputGrad(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> {
  const { channels, height, width, maps } = spec;
  const [vertical, horizontal] = convAxes(spec);
  const [rows, columns] = [gradientAxis(vertical), gradientAxis(horizontal)];
  const planes = new Planes(maps, rows.planes, columns.planes, Math.max(...columns.phases.map(({ count }) => count)));
  const { products, stride, unreached } = phaseProducts(context, spec, planes, rows.phases, columns.phases);
  const last = products.at(-1);
  const bytes = 4 * channels * stride * rows.phases.length * columns.phases.length;
  const places = ({ table, weights, product }: PhaseProduct, scratch: Readonly<Record<string, number>>) => ({
    table: scratch.tables! + 4 * table,
    weights: scratch.weights! + 4 * weights,
    source: scratch.gradient!,
    product: scratch.products! + 4 * product,
  });
  return {
    scratch: {
      gradient: planes.bytes,
      tables: last ? 4 * (last.table + depthOf(last.spec)) : 0,
      weights: last ? 4 * (last.weights + packedSize(last.spec)) : 0,
      products: bytes,
    },
    before(f, { w, scratch }) {
      planes.clear(f, scratch.gradient!);
      if (unreached) f.memoryFill(f.i32.const(scratch.products!), f.i32.const(0), f.i32.const(bytes));
      for (const product of products) prepareWindowProduct(context, f, product.spec, places(product, scratch), w);
    },
    each(f, { grad, dx, full, scratch }) {
      f.call(planes.copier(context), absolute(f, grad), f.i32.const(scratch.gradient!));
      for (const product of products) windowProduct(context, f, product.spec, places(product, scratch));
      const compacted = compact(context, {
        channels,
        height,
        width,
        rowPhases: rows.phases,
        columnPhases: columns.phases,
        rowStride: planes.rowStride,
        channelStride: stride,
        phaseStride: channels * stride,
        epilogue,
      });
      f.call(compacted, f.i32.const(scratch.products!), absolute(f, dx), beyond(f, full, dx));
    },
  };
}

function phaseProducts(
  { engine }: KernelContext,
  spec: ConvSpec,
  planes: Planes,
  rowPhases: readonly GradientPhase[],
  columnPhases: readonly GradientPhase[],
): { products: PhaseProduct[]; stride: number; unreached: boolean } {
  const { channels, maps, groups, kernelHeight, kernelWidth } = spec;
  const groupChannels = channels / groups;
  const phases = rowPhases.flatMap((row, i) =>
    columnPhases.map((column, j) => ({ row, column, index: i * columnPhases.length + j })),
  );
  const pixels = phases.filter(({ row, column }) => row.count * column.count > 0);
  const reached = pixels.filter(({ row, column }) => row.kernel.count * column.kernel.count > 0);
  const sizes = reached.map(({ row, column }) => ({
    rows: groupChannels,
    columns: (row.count - 1) * planes.rowStride + column.count,
  }));
  // The rows of all phases are equally long, for the sake of what reads them.
  const longest = Math.max(...pixels.map(({ row, column }) => (row.count - 1) * planes.rowStride + column.count));
  const stride = Math.max(longest, ...sizes.map((size) => productStride(engine, size)));
  let [table, weights] = [0, 0];
  const products = reached.map(({ row, column, index }, i) => {
    const product = {
      ...sizes[i]!,
      groups,
      taps: {
        channels: maps / groups,
        channelStride: planes.channelStride,
        offsets: row.places.flatMap((r) => column.places.map((c) => planes.offset(0, r, 0, c))),
      },
      kernelRows: row.kernel,
      kernelColumns: column.kernel,
      kernelWidth,
      rowStride: kernelHeight * kernelWidth,
      channelStride: groupChannels * kernelHeight * kernelWidth,
      groupStride: (maps / groups) * groupChannels * kernelHeight * kernelWidth,
      productStride: stride,
    };
    const placed = { spec: product, table, weights, product: index * channels * stride };
    table += depthOf(product);
    weights += packedSize(product);
    return placed;
  });
  return { products, stride, unreached: reached.length < pixels.length };
}
