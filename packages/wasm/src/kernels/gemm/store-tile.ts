import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local, V128 } from "../../assembler/value-types.ts";
import { EpilogueWriter } from "../apply-epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import type { MicroKernelSpec } from "./micro-kernel.ts";
import type { tileParameters } from "./tile-parameters.ts";

/** Stores accumulators, after the epilogue. */
export function storeTile(
  context: KernelContext,
  f: FunctionBuilder<typeof tileParameters.params>,
  acc: readonly (readonly Local<"v128">[])[],
  { columns, strideC, epilogue }: Pick<MicroKernelSpec, "columns" | "strideC" | "epilogue">,
): void {
  const { get, set, i32, v128 } = f;
  const [, , c, columnOffset, rowOffset, delta] = f.args;
  const writer = epilogue && new EpilogueWriter(context, f, epilogue);
  acc.forEach((row, i) => {
    const place = (j: number) => i * strideC + j * 16;
    // A whole row at a time: loads, sums and stores that alternate would keep V8 from fusing neighbours.
    if (writer) {
      const ofRow = new Map<number, Local<"v128">>();
      const loadRow = (address: number): V128 => {
        let local = ofRow.get(address);
        if (!local) {
          local = f.local("v128");
          set(local, v128.load32Splat(get(rowOffset), address + 4 * i));
          ofRow.set(address, local);
        }
        return get(local);
      };
      row.forEach((result, j) => {
        writer.apply(result, ({ extent, address }) => {
          if (extent === "full") return v128.load(i32.add(get(c), get(delta)), place(j));
          return extent === "column" ? v128.load(get(columnOffset), address + 16 * j) : loadRow(address);
        });
      });
    }
    row.forEach((result, j) => {
      storeLanes(f, () => get(c), result, place(j), columns - 4 * j);
    });
  });
}
