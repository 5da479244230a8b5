import type { Callable } from "../../assembler/function-builder.ts";
import type { Epilogue } from "../epilogue.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { acrossRow } from "./across-row.ts";
import { mapEpilogue } from "./map-epilogue.ts";
import { vectorsPerRegister } from "./vectors-per-register.ts";

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
    const [target, pixels] = [f.local("i32"), f.local("v128")];
    const sums = f.localArray("v128", vectorsPerRegister(context.engine));
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
      const body = (column: number, count: number) => {
        // Vector beside vector, and all stores last: the revectorizer makes pairs of those.
        const used = sums.slice(0, Math.ceil(count / 4));
        spec.taps.forEach(({ offset }, t) => {
          used.forEach((sum, j) => {
            set(pixels, v128.load(get(source), 4 * (offset + column + 4 * j)));
            if (t === 0) set(sum, f32x4.mul(get(pixels), get(kept[t]!)));
            else multiplyAdd(context, f, sum, pixels, kept[t]!);
          });
        });
        used.forEach((sum, j) => {
          fused.apply(sum, column + 4 * j);
        });
        used.forEach((sum, j) => {
          storeLanes(f, () => get(target), sum, 4 * (column + 4 * j), count - 4 * j);
        });
      };
      acrossRow(f, spec.columns, moving, body, { step: 4 * sums.length });
      f.increment(source, 4 * spec.rowStride);
      f.increment(target, 4 * spec.outStride);
    });
    return f;
  });
}
