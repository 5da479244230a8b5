import {
  concatOp,
  detachOp,
  flipOp,
  type Op,
  padOp,
  permuteOp,
  reshapeOp,
  type Shape,
  sliceOp,
} from "@pointwise/tensor";
import type { Builder, Value } from "../builder.ts";
import { isFixed, type Node, type OpNode, rankOf, sameSize } from "../graph.ts";
import { dependsOnBatch, type Emitter, emitter } from "../site.ts";

/** Ops that move values, but do not change them. */
export const shapeEmitters = (): readonly (readonly [Op, Emitter])[] => [
  emitter(reshapeOp, ({ node, x, b }) => emitReshape(node, node.inputs[0]!, x[0]!, b)),
  emitter(detachOp, ({ x }) => x[0]!),
  emitter(permuteOp, ({ node, x, b, attrs }) => b.add("Transpose", x, node.dtype, { perm: attrs.dims })),
  emitter(concatOp, ({ node, x, b, attrs }) => b.add("Concat", x, node.dtype, { axis: attrs.dim })),
  emitter(padOp, ({ node, x, b, attrs: { widths, value } }) => {
    const pads = [...widths.map(([before]) => before), ...widths.map(([, after]) => after)];
    return b.add("Pad", [x[0], b.int64s(pads), b.scalar(value, node.dtype)], node.dtype, { mode: "constant" });
  }),
  emitter(flipOp, ({ node, x, b, attrs: { dims } }) => {
    const each = (value: number) => b.int64s(dims.map(() => value));
    return b.add("Slice", [x[0], each(-1), each(-Infinity), b.int64s(dims), each(-1)], node.dtype);
  }),
  emitter(sliceOp, ({ node, x, b }) => {
    const ranges = node.shapes[0].flatMap((_, i) => rangeOf(node, i) ?? []);
    if (ranges.length === 0) return x[0]!;
    const column = (key: keyof SliceRange) => b.int64s(ranges.map((r) => r[key]));
    return b.add("Slice", [x[0], column("start"), column("end"), column("axis"), column("step")], node.dtype);
  }),
];

/** The same values in the shape of `node`. */
function emitReshape(node: Node, from: Node, x: Value, b: Builder): Value {
  const unchanged = rankOf(node) === rankOf(from) && node.shapes[0].every((_, i) => sameSize(node, i, from, i));
  if (unchanged) return x;
  const keepsBatch = rankOf(node) === 2 && rankOf(from) > 2 && sameSize(node, 0, from, 0);
  if (keepsBatch) return b.add("Flatten", [x], node.dtype, { axis: 1 });
  const target = node.shapes[0].map((d, i) => {
    if (isFixed(node, i)) return d;
    return i < rankOf(from) && sameSize(node, i, from, i) ? 0 : -1;
  });
  const open = target.filter((d) => d === -1).length;
  const hasEmpty = node.shapes[0].includes(0);
  if (open > 1 || (hasEmpty && target.some((d, i) => !isFixed(node, i) && d <= 0))) {
    throw dependsOnBatch(
      "reshape",
      `several dimensions of ${node.shapes.map((s: Shape) => `[${s}]`).join(" and ")} do`,
    );
  }
  // In ONNX a size of 0 means that of the input, unless this says that it means 0.
  return b.add("Reshape", [x, b.int64s(target)], node.dtype, hasEmpty ? { allowzero: 1 } : {});
}

interface SliceRange {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** What a slice takes of a dimension; `undefined` for all of it. */
function rangeOf(node: OpNode, axis: number): SliceRange | undefined {
  const from = node.inputs[0]!;
  // Every variant of a slice has a slice's attributes.
  const parts = (node.attrs as readonly { starts: Shape; steps: Shape; sizes: Shape }[]).map((a, v) => ({
    start: a.starts[axis]!,
    step: a.steps[axis]!,
    size: a.sizes[axis]!,
    of: from.shapes[v]![axis]!,
  }));
  const [first] = parts as [(typeof parts)[number]];
  if (parts.every(({ start, step, size, of }) => start === 0 && step === 1 && size === of)) return undefined;
  const { start, step, size } = first;
  const sameStart = parts.every((p) => p.start === start && p.step === step);
  if (sameStart && isFixed(node, axis))
    return { axis, start, step, end: size === 0 ? start : start + (size - 1) * step + 1 };
  const toTheEnd = parts.every((p) => p.start + p.size * p.step >= p.of);
  if (sameStart && toTheEnd) return { axis, start, step, end: Infinity };
  const seen = parts.map((p) => `${p.size} of ${p.of} entries from ${p.start} on`).join(" and ");
  throw dependsOnBatch("slice", `it takes ${seen} of dimension ${axis}`);
}
