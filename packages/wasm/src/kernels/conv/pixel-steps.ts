import type { FunctionBuilder } from "../../assembler/function-builder.ts";

/** Writes how far it is from each pixel of a map to the next, in rows of `rowStride` elements, in bytes, as integers [rows, columns]. */
export function writePixelSteps(
  f: FunctionBuilder,
  { rows, columns, rowStride }: { readonly rows: number; readonly columns: number; readonly rowStride: number },
  address: number,
): void {
  const { get, set, i32 } = f;
  const to = f.local("i32");
  set(to, i32.const(address));
  f.repeat(rows, () => {
    f.repeat(columns - 1, () => {
      i32.store(get(to), i32.const(4));
      f.increment(to, 4);
    });
    i32.store(get(to), i32.const(4 * (1 + rowStride - columns)));
    f.increment(to, 4);
  });
}
