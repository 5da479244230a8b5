import type { Callable } from "../../assembler/function-builder.ts";
import type { KernelContext } from "../kernel-context.ts";
import type { MicroKernelSpec } from "./micro-kernel.ts";
import { storeTile } from "./store-tile.ts";
import { tileParameters } from "./tile-parameters.ts";

type EpilogueKernelSpec = Pick<MicroKernelSpec, "rows" | "columns" | "strideC" | "epilogue">;

/** The epilogue over rows of C that are stored already, for engines whose tiles are bare. */
export function epilogueKernel(
  context: KernelContext,
  { rows, columns, strideC, epilogue }: EpilogueKernelSpec,
): Callable<typeof tileParameters.params> {
  const key = `gemm epilogue ${[rows, columns, strideC, epilogue?.key]}`;
  return context.function(key, () => {
    const f = context.module.function(key, tileParameters);
    const { get, set, v128 } = f;
    const [, , c, , rowOffset] = f.args;
    const row = f.localArray("v128", Math.ceil(columns / 4));
    f.repeat(rows, () => {
      row.forEach((result, j) => {
        set(result, v128.load(get(c), 16 * j));
      });
      storeTile(context, f, [row], { columns, strideC, epilogue });
      f.increment(c, strideC);
      f.increment(rowOffset, 4);
    });
    return f;
  });
}
