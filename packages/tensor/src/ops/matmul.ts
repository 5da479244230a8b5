import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { matmulKernel } from "../kernels/matmul.ts";
import { broadcastShapes, formatShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";
import { reshape } from "./reshape.ts";
import { squeeze } from "./squeeze.ts";
import { toTypeOf } from "./to-type-of.ts";

export interface MatmulAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export const matmulOp = kernel<MatmulAttrs>({
  name: "matmul",
  kernel: "matmul",
  shape: ({ transposeA, transposeB }, a, b) => {
    const [m, k] = matrixShape(a!, transposeA);
    const [k2, n] = matrixShape(b!, transposeB);
    if (k !== k2) {
      const flags = [transposeA && "transposeA", transposeB && "transposeB"].filter(Boolean).join(" and ");
      throw new ShapeError(
        `matmul: cannot multiply ${formatShape(a!)} by ${formatShape(b!)}${flags && ` with ${flags}`}: the rows of the first have ${k} ` +
          `entries and the columns of the second ${k2}; they must have as many. Is one of them to be transposed?`,
      );
    }
    return [...broadcastShapes("matmul (leading dimensions)", a!.slice(0, -2), b!.slice(0, -2)), m, n];
  },
  reference: (out, { transposeA, transposeB }, a, b) => matmulKernel(out, transposeA, transposeB, a!, b!),
  vjp: [
    (grad, { inputs: [a, b], attrs: { transposeA, transposeB } }) =>
      toTypeOf(
        transposeA
          ? matmul(b!, grad, { transposeA: transposeB, transposeB: true })
          : matmul(grad, b!, { transposeB: !transposeB }),
        a!,
      ),
    (grad, { inputs: [a, b], attrs: { transposeA, transposeB } }) =>
      toTypeOf(
        transposeB
          ? matmul(grad, a!, { transposeA: true, transposeB: transposeA })
          : matmul(a!, grad, { transposeA: !transposeA }),
        b!,
      ),
  ],
});

function matrixShape(shape: Shape, transpose: boolean): [rows: number, columns: number] {
  if (shape.length < 2)
    throw new ShapeError(`matmul: ${formatShape(shape)} is no matrix: it has fewer than 2 dimensions.`);
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transpose ? [columns, rows] : [rows, columns];
}

/**
 * The matrix product a · b: a [..., m, k] and b [..., k, n] give [..., m, n]. As in NumPy, leading dimensions broadcast, and
 * a vector [k] stands for a row on the left and for a column on the right, whose dimension the result lacks.
 *
 * `transposeA` and `transposeB` multiply by the transpose of a matrix without making it: for a dense layer,
 * `matmul(x, weight, { transposeB: true })`.
 * @see https://pytorch.org/docs/stable/generated/torch.matmul.html
 * @throws ShapeError if the shapes do not fit, or for a scalar; DTypeError for bools.
 */
export function matmul(a: Tensor, b: Tensor, options: Partial<MatmulAttrs> = {}): Tensor {
  const attrs = { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false };
  checkOperand("first", a, attrs.transposeA);
  checkOperand("second", b, attrs.transposeB);
  const dtype = promoteTypes(a, b);
  if (a.rank === 1) return squeeze(matmul(reshape(a, [1, a.size]), b, attrs), b.rank === 1 ? -1 : -2);
  if (b.rank === 1) return squeeze(matmul(a, reshape(b, [b.size, 1]), attrs), -1);
  if (a.rank > 2 && b.rank === 2 && !attrs.transposeA) {
    // One product of tall matrices is faster than many products, and its gradient by b needs no sum over them.
    matmulOp.shape(attrs, a.shape, b.shape); // while a mismatch can still name the shapes as they came
    const rows = reshape(a, [sizeOf(a.shape.slice(0, -1)), a.shape.at(-1)!]);
    const product = matmul(rows, b, attrs);
    return reshape(product, [...a.shape.slice(0, -1), product.shape[1]!]);
  }
  return apply(matmulOp, [cast(a, dtype), cast(b, dtype)], attrs);
}

function checkOperand(which: string, x: Tensor, transpose: boolean): void {
  if (x.dtype === "bool") {
    throw new DTypeError(`matmul: the ${which} operand is bool. Cast it first, e.g. cast(x, "float32").`);
  }
  if (x.rank === 0) throw new ShapeError(`matmul: the ${which} operand is a scalar. Multiply by it with mul.`);
  if (x.rank === 1 && transpose) {
    throw new ShapeError(
      `matmul: the ${which} operand ${formatShape(x.shape)} is a vector, which has no transpose. Leave out the flag.`,
    );
  }
}
