import {
  broadcastShapes,
  broadcastTo,
  concat,
  pad,
  permute,
  reshape,
  sizeOf,
  split,
  type Tensor,
  tile,
} from "@pointwise/tensor";
import type { Call } from "../call.ts";
import { checkSize } from "../limits.ts";
import { each, type Operators } from "../operator.ts";

/** Axes are an attribute up to version 12, then an input. */
export function axesOf(call: Call, position: number, lastAsAttribute: number): readonly number[] | undefined {
  return call.opset <= lastAsAttribute ? call.ints("axes") : call.numbers(position, "axes");
}

function reshapeOf(call: Call): Tensor {
  const x = call.input(0);
  const numbers = call.numbers(1, "shape") ?? call.refuse("lacks its shape");
  const copiesAtZero = call.int("allowzero", 0) === 0;
  const shape = numbers.map((d, i) => {
    if (d !== 0 || !copiesAtZero) return d;
    return x.shape[i] ?? call.refuse(`keeps dimension ${i} of a tensor that has ${x.rank}`);
  });
  return reshape(x, shape);
}

function flattenOf(call: Call): Tensor {
  const x = call.input(0);
  const axis = call.int("axis", 1);
  const at = axis === x.rank ? axis : call.dim(axis, x.rank); // after the last, too
  return reshape(x, [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at))]);
}

function transposeOf(call: Call): Tensor {
  const x = call.input(0);
  const perm = call.ints("perm") ?? x.shape.map((_, i) => x.rank - 1 - i);
  return permute(x, call.dims(perm, x.rank));
}

function squeezeOf(call: Call): Tensor {
  const x = call.input(0);
  const axes = axesOf(call, 1, 12);
  const dims = axes ? call.dims(axes, x.rank) : x.shape.flatMap((d, i) => (d === 1 ? [i] : []));
  if (dims.some((d) => x.shape[d] !== 1)) call.refuse("drops a dimension whose size is not 1");
  return reshape(
    x,
    x.shape.filter((_, i) => !dims.includes(i)),
  );
}

function unsqueezeOf(call: Call): Tensor {
  const x = call.input(0);
  const axes = axesOf(call, 1, 12) ?? call.refuse("lacks its axes");
  const rank = x.rank + axes.length;
  const dims = call.dims(axes, rank);
  if (new Set(dims).size < dims.length) call.refuse("adds a dimension twice");
  const shape: number[] = [];
  for (let i = 0, from = 0; i < rank; i++) shape.push(dims.includes(i) ? 1 : x.shape[from++]!);
  return reshape(x, shape);
}

function concatOf(call: Call): Tensor {
  const all = call.all();
  const axis = call.int("axis") ?? call.refuse("lacks its axis");
  return concat(all, call.dim(axis, all[0].rank));
}

function splitOf(call: Call): readonly Tensor[] {
  const x = call.input(0);
  const axis = call.dim(call.int("axis", 0), x.rank);
  const sizes = call.opset < 13 ? call.ints("split") : call.numbers(1, "sizes");
  if (sizes) return split(x, sizes, axis);
  const size = x.shape[axis]!;
  const part = Math.ceil(size / call.outputCount);
  // From version 18 on the last part may be smaller.
  const parts = Array.from({ length: call.outputCount }, (_, i) => Math.max(0, Math.min(part, size - i * part)));
  return split(x, parts, axis);
}

function expandOf(call: Call): Tensor {
  const x = call.input(0);
  const shape = call.numbers(1, "shape") ?? call.refuse("lacks its shape");
  return broadcastTo(x, broadcastShapes("Expand", x.shape, shape));
}

function tileOf(call: Call): Tensor {
  const x = call.input(0);
  const repeats = call.numbers(1, "repeats") ?? call.refuse("lacks its repeats");
  // Before as many pieces are listed.
  checkSize(
    x.shape.map((d, i) => Math.max(1, d) * (repeats[i] ?? 1)),
    call.mostValues,
    call.refuse,
  );
  return tile(x, repeats);
}

/** Widths are attributes up to version 10. */
function padOf(call: Call): Tensor {
  const x = call.input(0);
  if (call.text("mode", "constant") !== "constant") call.refuse("pads otherwise than with a constant");
  const numbers = (call.opset < 11 ? call.ints("pads") : call.numbers(1, "pads")) ?? call.refuse("lacks its pads");
  const value = call.opset < 11 ? call.float("value", 0) : (call.number(2, "value") ?? 0);
  const axes = call.numbers(3, "axes");
  const dims = axes ? call.dims(axes, x.rank) : x.shape.map((_, i) => i);
  if (numbers.length !== 2 * dims.length) call.refuse(`has ${numbers.length} pads for ${dims.length} dimensions`);
  const widths = x.shape.map((_, i): readonly [number, number] => {
    const at = dims.indexOf(i);
    return at < 0 ? [0, 0] : [numbers[at]!, numbers[at + dims.length]!];
  });
  return pad(x, widths, value);
}

export const shapes = (): Operators => ({
  ...each({
    Reshape: reshapeOf,
    Flatten: flattenOf,
    Transpose: transposeOf,
    Squeeze: squeezeOf,
    Unsqueeze: unsqueezeOf,
    Concat: concatOf,
    Expand: expandOf,
    Tile: tileOf,
  }),
  Split: { run: splitOf },
  Pad: { run: padOf, settings: [2] },
});
