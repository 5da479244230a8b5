import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { Local } from "../assembler/value-types.ts";

/** An address, and how many bytes each dimension moves it. */
export interface Walker {
  readonly address: Local<"i32">;
  readonly strides: readonly number[];
}

/** Runs `body` at every place of an n-dimensional block, the addresses moved there, in row-major order. Afterwards they are what they were. */
export function nestedLoops(
  f: FunctionBuilder,
  sizes: readonly number[],
  walkers: readonly Walker[],
  body: () => void,
  dim = 0,
): void {
  const size = sizes[dim];
  if (size === undefined) {
    body();
    return;
  }
  f.repeat(size, () => {
    nestedLoops(f, sizes, walkers, body, dim + 1);
    for (const { address, strides } of walkers) f.increment(address, strides[dim]!);
  });
  for (const { address, strides } of walkers) f.increment(address, -size * strides[dim]!);
}
