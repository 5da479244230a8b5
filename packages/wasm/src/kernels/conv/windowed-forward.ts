import { absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { compact } from "./compact.ts";
import type { ConvSpec } from "./conv-spec.ts";
import type { ForwardAddresses } from "./conv2d-forward.ts";
import { beyond } from "./map-epilogue.ts";
import { depthOf, packedSize, prepareWindowProduct, productStride, windowProduct } from "./window-product.ts";
import { windowsOf } from "./windows.ts";

/** Windows over a padded copy of the picture, read where they lie: their matrix is never built. */
export function windowedForward(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<ForwardAddresses> {
  const { maps, outHeight, outWidth, kernelHeight, kernelWidth, groups } = spec;
  const { planes, taps } = windowsOf(spec);
  const size = { rows: maps / groups, columns: (outHeight - 1) * planes.rowStride + outWidth };
  const product = {
    ...size,
    groups,
    taps,
    kernelRows: { first: 0, step: 1, count: kernelHeight },
    kernelColumns: { first: 0, step: 1, count: kernelWidth },
    kernelWidth,
    rowStride: taps.channels * kernelHeight * kernelWidth,
    channelStride: kernelHeight * kernelWidth,
    groupStride: size.rows * taps.channels * kernelHeight * kernelWidth,
    productStride: productStride(context.engine, size),
  };
  const places = (scratch: Readonly<Record<string, number>>) => ({
    table: scratch.table!,
    weights: scratch.weights!,
    source: scratch.picture!,
    product: scratch.product!,
  });
  return {
    scratch: {
      picture: planes.bytes,
      table: 4 * depthOf(product),
      weights: 4 * packedSize(product),
      product: 4 * maps * product.productStride,
    },
    before(f, { w, scratch }) {
      planes.clear(f, scratch.picture!);
      prepareWindowProduct(context, f, product, places(scratch), w);
    },
    each(f, { x, y, full, scratch }) {
      f.call(planes.copier(context), absolute(f, x), f.i32.const(scratch.picture!));
      windowProduct(context, f, product, places(scratch));
      const compacted = compact(context, {
        channels: maps,
        height: outHeight,
        width: outWidth,
        rowPhases: [{ start: 0, count: outHeight }],
        columnPhases: [{ start: 0, count: outWidth }],
        rowStride: planes.rowStride,
        channelStride: product.productStride,
        phaseStride: 0,
        epilogue,
      });
      f.call(compacted, f.i32.const(scratch.product!), absolute(f, y), beyond(f, full, y));
    },
  };
}
