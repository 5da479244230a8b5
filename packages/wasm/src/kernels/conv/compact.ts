import type { Callable, FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { acrossRow } from "./across-row.ts";
import { mapEpilogue } from "./map-epilogue.ts";

const type = { params: ["i32", "i32", "i32"] } as const; // products, output, how far an operand of its size lies beyond the output

/** Every so-manyth row or column of a picture: as many phases as the stride is long make all of it. */
interface Phase {
  readonly start: number;
  readonly count: number;
}

export interface CompactSpec {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** In order of their residues, as many as the stride. */
  readonly rowPhases: readonly Phase[];
  readonly columnPhases: readonly Phase[];
  /** Of the products [row phases, column phases, channels, rows, columns], in elements. */
  readonly rowStride: number;
  readonly channelStride: number;
  readonly phaseStride: number;
  readonly epilogue?: Epilogue | undefined;
}

/** Writes pictures [channels, height, width] from products that have junk between their rows, one product for each phase; the epilogue is applied on the way. */
export function compact(context: KernelContext, spec: CompactSpec): Callable<typeof type.params> {
  const { epilogue, ...numbers } = spec;
  const key = `compact ${JSON.stringify(numbers)} ${epilogue?.key}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32 } = f;
    const [from, to, delta] = f.args;
    const { channels, height, width, rowPhases, columnPhases } = spec;
    const [source, target, channel] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const values = f.local("v128");
    const fused = mapEpilogue(context, f, epilogue, { channel, start: to, target, delta });
    const moving = [
      { pointer: source, perColumn: 4 / columnPhases.length },
      { pointer: target, perColumn: 4 },
    ];
    const row = (rowPhase: number) => {
      const load = rowLoader(spec, f, rowPhase, source, values);
      const body = (column: number, lanes: number) => {
        load(column, lanes);
        fused.apply(values, column);
        storeLanes(f, () => get(target), values, 4 * column, lanes);
      };
      acrossRow(f, width, moving, body, { period: columnPhases.length });
    };
    f.repeat(channels, () => {
      fused.enterChannel();
      rowPhases.forEach(({ start, count }, rowPhase) => {
        set(source, get(from));
        set(target, i32.add(get(to), i32.const(4 * start * width)));
        f.repeat(count, () => {
          row(rowPhase);
          f.increment(source, 4 * spec.rowStride);
          f.increment(target, 4 * width * rowPhases.length);
        });
      });
      f.increment(from, 4 * spec.channelStride);
      f.increment(to, 4 * height * width);
      f.increment(channel, 4);
    });
    return f;
  });
}

/** Loads four neighbouring columns, which alternate between the phases. */
function rowLoader(
  { columnPhases, phaseStride }: CompactSpec,
  { get, set, v128 }: FunctionBuilder,
  rowPhase: number,
  source: Local<"i32">,
  values: Local<"v128">,
): (column: number, lanes: number) => void {
  const place = (column: number) => {
    const phase = columnPhases.findIndex(({ start }) => (column - start) % columnPhases.length === 0);
    const index = (column - columnPhases[phase]!.start) / columnPhases.length;
    return 4 * ((rowPhase * columnPhases.length + phase) * phaseStride + index);
  };
  return (column, lanes) => {
    if (columnPhases.length === 1) {
      set(values, v128.load(get(source), place(column)));
    } else if (columnPhases.length === 2) {
      const both = [v128.load(get(source), place(column)), v128.load(get(source), place(column + 1))] as const;
      set(values, v128.shuffle(...both, [0, 4, 1, 5]));
    } else {
      set(values, v128.load32Zero(get(source), place(column)));
      for (let lane = 1; lane < lanes; lane++) {
        set(values, v128.load32Lane(get(source), get(values), place(column + lane), lane));
      }
    }
  };
}
