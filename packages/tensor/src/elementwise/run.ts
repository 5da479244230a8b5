import type { Buffer, ElementwiseOp } from "../op.ts";
import type { Shape } from "../shape.ts";
import { stridesOf } from "../shape.ts";
import { loopFor } from "./loop.ts";

/** Computes an elementwise op, broadcasting its inputs to the shape of `out`. */
export function runElementwise(op: ElementwiseOp, attrs: unknown, out: Buffer, inputs: readonly Buffer[]): void {
  const count = out.data.length;
  if (count === 0) return;
  const types = [out, ...inputs].map((b) => b.data.constructor.name[0]! + b.data.BYTES_PER_ELEMENT).join("");
  const loop = loopFor(op, attrs, inputs.length, types);
  const data = inputs.map((b) => b.data);
  const { sizes, strides } = collapse(out.shape, inputs);
  const inner = sizes.length - 1;
  const run = sizes[inner]!;
  const step = strides.map((s) => s[inner]!);
  const at = inputs.map(() => 0);
  const counter = sizes.map(() => 0);
  for (let start = 0; ; start += run) {
    loop(out.data, start, run, data, at, step);
    let dim = inner - 1;
    for (; dim >= 0; dim--) {
      counter[dim]!++;
      for (let i = 0; i < at.length; i++) at[i]! += strides[i]![dim]!;
      if (counter[dim]! < sizes[dim]!) break;
      for (let i = 0; i < at.length; i++) at[i]! -= strides[i]![dim]! * sizes[dim]!;
      counter[dim] = 0;
    }
    if (dim < 0) return;
  }
}

/** Merges neighbouring dimensions that every input walks in one stride, so that inner runs are as long as can be. */
function collapse(shape: Shape, inputs: readonly Buffer[]): { sizes: number[]; strides: number[][] } {
  const full = inputs.map((input) => {
    const own = stridesOf(input.shape);
    const lead = shape.length - input.shape.length;
    return shape.map((_, i) => (i < lead || input.shape[i - lead] === 1 ? 0 : own[i - lead]!));
  });
  const sizes: number[] = [];
  const strides: number[][] = inputs.map(() => []);
  for (let dim = 0; dim < shape.length; dim++) {
    if (shape[dim] === 1) continue;
    const last = sizes.length - 1;
    const mergeable = last >= 0 && full.every((s, i) => strides[i]![last] === s[dim]! * shape[dim]!);
    if (mergeable) {
      sizes[last]! *= shape[dim]!;
      full.forEach((s, i) => {
        strides[i]![last] = s[dim]!;
      });
    } else {
      sizes.push(shape[dim]!);
      full.forEach((s, i) => {
        strides[i]!.push(s[dim]!);
      });
    }
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const s of strides) s.push(0);
  }
  return { sizes, strides };
}
