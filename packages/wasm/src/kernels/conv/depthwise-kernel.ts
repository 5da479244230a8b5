import type { Callable, FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
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

/** A weight, counted from the map's first, and how far the place it meets lies beyond the source, in elements. */
export interface DepthwiseTap {
  readonly weight: number;
  readonly offset: number;
}

export interface DepthwiseSpec {
  /** Of the output. */
  readonly rows: number;
  readonly columns: number;
  /** From one row of the source to the next, in elements. */
  readonly rowStride: number;
  /** From the map's output to the first row of it that is written, and from each to the next, in elements. */
  readonly outStart: number;
  readonly outStride: number;
  /** The taps of column 0, 1, ...: where there are fewer than columns, they serve again one place on. */
  readonly phases: readonly (readonly DepthwiseTap[])[];
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
    const stride = spec.phases.length;
    const vectors = vectorsPerRegister(context.engine);
    const fused = mapEpilogue(context, f, epilogue, { channel, start: output, target, delta });
    const phases = spec.phases.map((taps) => ({
      taps: taps.map(({ weight, offset }) => {
        const kept = f.local("v128");
        set(kept, v128.load32Splat(get(weights), 4 * weight));
        return { kept, offset };
      }),
      sums: f.localArray("v128", vectors),
    }));
    const sumsOfPhases = phases.map(({ sums }) => sums);
    const outputs = stride === 1 ? phases[0]!.sums : f.localArray("v128", vectors * stride);
    const moving = [
      { pointer: source, perColumn: 4 / stride },
      { pointer: target, perColumn: 4 },
    ];
    set(target, f.i32.add(get(output), f.i32.const(4 * spec.outStart)));
    fused.enterChannel();
    f.repeat(spec.rows, () => {
      const body = (column: number, count: number) => {
        // Vector beside vector, and all stores last: the revectorizer makes pairs of those.
        const used = outputs.slice(0, Math.ceil(count / 4));
        for (const { taps, sums } of phases) {
          const usedSums = sums.slice(0, Math.ceil(used.length / stride));
          if (taps.length === 0) for (const sum of usedSums) set(sum, f32x4.splat(f.f32.const(0)));
          taps.forEach(({ kept, offset }, t) => {
            usedSums.forEach((sum, j) => {
              set(pixels, v128.load(get(source), 4 * (offset + column / stride + 4 * j)));
              if (t === 0) set(sum, f32x4.mul(get(pixels), get(kept)));
              else multiplyAdd(context, f, sum, pixels, kept);
            });
          });
        }
        if (stride > 1) {
          used.forEach((vector, j) => {
            gatherPhases(f, vector, 4 * j, sumsOfPhases);
          });
        }
        used.forEach((vector, j) => {
          fused.apply(vector, column + 4 * j);
        });
        used.forEach((vector, j) => {
          storeLanes(f, () => get(target), vector, 4 * (column + 4 * j), count - 4 * j);
        });
      };
      acrossRow(f, spec.columns, moving, body, { step: 4 * outputs.length, period: stride });
      f.increment(source, 4 * spec.rowStride);
      f.increment(target, 4 * spec.outStride);
    });
    return f;
  });
}

/** Four neighbouring columns, which alternate between the phases. */
function gatherPhases(
  { get, set, v128 }: FunctionBuilder,
  to: Local<"v128">,
  firstColumn: number,
  phases: readonly (readonly Local<"v128">[])[],
): void {
  const wanted = [0, 1, 2, 3].map((lane) => {
    const index = Math.floor((firstColumn + lane) / phases.length);
    return { vector: phases[(firstColumn + lane) % phases.length]![Math.floor(index / 4)]!, lane: index % 4 };
  });
  const [first, ...others] = new Set(wanted.map(({ vector }) => vector));
  let from = first!;
  for (const vector of others) {
    const choose = (lane: number) => {
      if (wanted[lane]!.vector === vector) return 4 + wanted[lane]!.lane;
      return from === to ? lane : wanted[lane]!.lane;
    };
    set(to, v128.shuffle(get(from), get(vector), [choose(0), choose(1), choose(2), choose(3)]));
    from = to;
  }
}
