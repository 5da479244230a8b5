import type { Callable } from "../../assembler/function-builder.ts";
import type { Epilogue } from "../epilogue.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { acrossRow } from "./across-row.ts";
import { mapEpilogue } from "./map-epilogue.ts";

const type = {
  params: [
    "i32", // weights of the map
    "i32", // source: the place of the first window
    "i32", // output
    "i32", // four times the number of the map
    "i32", // how far an operand of the output's size lies beyond the output
  ],
} as const;

export interface DepthwiseSpec {
  /** Of the output. */
  readonly rows: number;
  readonly columns: number;
  /** From one row of the source, and of the output, to the next, in elements. */
  readonly rowStride: number;
  readonly outStride: number;
  /** Weights, counted from the map's first, and how far the places they meet lie beyond the source, in elements. */
  readonly taps: readonly { readonly weight: number; readonly offset: number }[];
  readonly epilogue?: Epilogue | undefined;
}

/** One map from one channel: the weights stay in registers, and each vector of the output is finished at once. */
export function depthwiseKernel(context: KernelContext, spec: DepthwiseSpec): Callable<typeof type.params> {
  const { epilogue, ...numbers } = spec;
  const key = `depthwise ${JSON.stringify(numbers)} ${epilogue?.key}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128, f32x4 } = f;
    const [weights, source, output, channel, delta] = f.args;
    const [target, sum, pixels] = [f.local("i32"), f.local("v128"), f.local("v128")];
    const fused = mapEpilogue(context, f, epilogue, { channel, start: output, target, delta });
    const kept = f.localArray("v128", spec.taps.length);
    kept.forEach((weight, t) => {
      set(weight, v128.load32Splat(get(weights), 4 * spec.taps[t]!.weight));
    });
    const moving = [
      { pointer: source, perColumn: 4 },
      { pointer: target, perColumn: 4 },
    ];
    set(target, get(output));
    fused.enterChannel();
    f.repeat(spec.rows, () => {
      acrossRow(f, spec.columns, moving, (column, lanes) => {
        spec.taps.forEach(({ offset }, t) => {
          set(pixels, v128.load(get(source), 4 * (offset + column)));
          if (t === 0) set(sum, f32x4.mul(get(pixels), get(kept[t]!)));
          else multiplyAdd(context, f, sum, pixels, kept[t]!);
        });
        fused.apply(sum, column);
        storeLanes(f, () => get(target), sum, 4 * column, lanes);
      });
      f.increment(source, 4 * spec.rowStride);
      f.increment(target, 4 * spec.outStride);
    });
    return f;
  });
}
