import {
  absOp,
  addOp,
  broadcastToOp,
  castOp,
  ceilOp,
  clampOp,
  cosOp,
  type DType,
  divOp,
  type ElementwiseOp,
  eqOp,
  erfOp,
  expOp,
  floorOp,
  geOp,
  gtOp,
  isFloat,
  isnanOp,
  leakyReluOp,
  leOp,
  logicalAndOp,
  logicalNotOp,
  logicalOrOp,
  logOp,
  ltOp,
  maximumOp,
  minimumOp,
  mulOp,
  negOp,
  type Op,
  powOp,
  promoteTypes,
  reciprocalOp,
  reluOp,
  roundOp,
  sigmoidOp,
  signOp,
  sinOp,
  softplusOp,
  sqrtOp,
  subOp,
  tanhOp,
  whereOp,
} from "@pointwise/tensor";
import type { Value } from "../builder.ts";
import { isFixed, rankOf, sameSize } from "../graph.ts";
import { floatFor, OnnxAlgebra } from "../onnx-algebra.ts";
import { dependsOnBatch, type Emitter, emitter, fixedAttrs, type Site } from "../site.ts";
import { batchSizes } from "../trace-graph.ts";

/** Any elementwise op, by its expression. */
export function emitExpression(op: ElementwiseOp, { node, x, b }: Site<unknown>): Value {
  const algebra = new OnnxAlgebra(b, floatFor([node.dtype, ...x.map((v) => v.dtype)]), op.name);
  return b.cast(op.expr(algebra, fixedAttrs(node), ...x), node.dtype);
}

/** Computes in the output's dtype. ONNX has no arithmetic of bools. */
function arithmetic(
  op: ElementwiseOp<undefined>,
  opType: string,
  takes: (dtype: DType) => boolean = (d) => d !== "bool",
) {
  return emitter(op, (site) => {
    const { node, x, b } = site;
    if (!takes(node.dtype)) return emitExpression(op, site);
    return b.add(
      opType,
      x.map((v) => b.cast(v, node.dtype)),
      node.dtype,
    );
  });
}

const floats = (op: ElementwiseOp<undefined>, opType: string) => arithmetic(op, opType, isFloat);

/** Compares in the inputs' common dtype. */
function comparison(op: ElementwiseOp<undefined>, opType: string) {
  return emitter(op, ({ node, x, b }) => {
    const common = promoteTypes(...node.inputs.map(({ shapes, dtype }) => ({ shape: shapes[0], dtype })));
    const dtype = common === "bool" && op !== eqOp ? "int32" : common;
    return b.add(
      opType,
      x.map((v) => b.cast(v, dtype)),
      "bool",
    );
  });
}

const logical = (op: ElementwiseOp<undefined>, opType: string) =>
  emitter(op, ({ x, b }) =>
    b.add(
      opType,
      x.map((v) => b.cast(v, "bool")),
      "bool",
    ),
  );

/** The elementwise ops that ONNX has an op for. */
export const elementwiseEmitters = (): readonly (readonly [Op, Emitter])[] => [
  arithmetic(addOp, "Add"),
  arithmetic(subOp, "Sub"),
  arithmetic(mulOp, "Mul"),
  floats(divOp, "Div"),
  arithmetic(powOp, "Pow"),
  arithmetic(maximumOp, "Max"),
  arithmetic(minimumOp, "Min"),
  arithmetic(absOp, "Abs"),
  arithmetic(negOp, "Neg"),
  arithmetic(signOp, "Sign"),
  arithmetic(reluOp, "Relu"),
  floats(floorOp, "Floor"),
  floats(ceilOp, "Ceil"),
  floats(roundOp, "Round"),
  floats(sqrtOp, "Sqrt"),
  floats(reciprocalOp, "Reciprocal"),
  floats(expOp, "Exp"),
  floats(logOp, "Log"),
  floats(sinOp, "Sin"),
  floats(cosOp, "Cos"),
  floats(tanhOp, "Tanh"),
  floats(erfOp, "Erf"),
  floats(sigmoidOp, "Sigmoid"),
  floats(softplusOp, "Softplus"),
  comparison(eqOp, "Equal"),
  comparison(ltOp, "Less"),
  comparison(leOp, "LessOrEqual"),
  comparison(gtOp, "Greater"),
  comparison(geOp, "GreaterOrEqual"),
  logical(logicalAndOp, "And"),
  logical(logicalOrOp, "Or"),
  logical(logicalNotOp, "Not"),
  emitter(isnanOp, (site) =>
    isFloat(site.x[0]!.dtype) ? site.b.add("IsNaN", site.x, "bool") : emitExpression(isnanOp as ElementwiseOp, site),
  ),
  emitter(leakyReluOp, ({ node, x, b, attrs }) =>
    b.add("LeakyRelu", [b.cast(x[0]!, node.dtype)], node.dtype, { alpha: { float: attrs.negativeSlope } }),
  ),
  emitter(clampOp, ({ node, x, b, attrs: { min, max } }) => {
    const bound = (value: number) => (Number.isFinite(value) ? b.scalar(value, node.dtype) : undefined);
    return b.add("Clip", [b.cast(x[0]!, node.dtype), bound(min), bound(max)], node.dtype);
  }),
  emitter(castOp, ({ x, b, attrs }) => b.cast(x[0]!, attrs.dtype)),
  emitter(whereOp, ({ node, x: [condition, ...x], b }) =>
    b.add("Where", [condition, ...x.map((v) => b.cast(v, node.dtype))], node.dtype),
  ),
  emitter(broadcastToOp, ({ node, x, b }) => {
    const [from] = node.inputs;
    const lead = rankOf(node) - rankOf(from!);
    // Expand broadcasts both ways: 1 keeps what the input has.
    const sizes = node.shapes[0].map((d, i) => {
      if (isFixed(node, i)) return d;
      if (i >= lead && sameSize(node, i, from!, i - lead)) return 1;
      if (node.shapes.every((s, v) => s[i] === batchSizes[v])) return -1;
      const seen = node.shapes.map((s) => s[i]).join(" and ");
      throw dependsOnBatch("broadcastTo", `dimension ${i} is ${seen} for batches of ${batchSizes.join(" and ")}`);
    });
    return b.add("Expand", [x[0], sizes.includes(-1) ? b.shapeWithBatch(sizes) : b.int64s(sizes)], node.dtype);
  }),
];
