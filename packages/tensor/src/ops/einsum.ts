import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { measureLetters, parseEquation } from "./einsum-equation.ts";
import { matmul } from "./matmul.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/**
 * The sum of products that the equation spells with one letter a dimension: `einsum("bij,bjk->bik", a, b)`. Letters that
 * the result lacks are summed over; without `->` it has those that occur once, in alphabetical order.
 * @see https://pytorch.org/docs/stable/generated/torch.einsum.html (which also takes ellipses and repeated letters)
 * @throws UsageError for an equation that is not of this form, ShapeError if the shapes do not fit it.
 */
export function einsum(equation: string, a: Tensor, b: Tensor): Tensor {
  const { left, right, out } = parseEquation(equation);
  const sizes = new Map<string, number>();
  measureLetters(equation, sizes, left, a);
  measureLetters(equation, sizes, right, b);
  const [inLeft, inRight, inOut] = [left, right, out].map((letters) => (c: string) => letters.includes(c));
  const shared = left.filter(inRight!);
  const batch = shared.filter(inOut!);
  const summed = shared.filter((c) => !inOut!(c));
  const rows = left.filter((c) => !inRight!(c) && inOut!(c));
  const columns = right.filter((c) => !inLeft!(c) && inOut!(c));
  const shapeOf = (letters: readonly string[]) => letters.map((c) => sizes.get(c)!);
  const matrices = (x: Tensor, letters: readonly string[], row: readonly string[], column: readonly string[]) => {
    const kept = [...batch, ...row, ...column];
    const own = letters.filter((c) => kept.includes(c));
    const reduced =
      own.length < letters.length
        ? sum(
            x,
            indicesOf(
              letters.filter((c) => !own.includes(c)),
              letters,
            ),
          )
        : x;
    return reshape(permute(reduced, indicesOf(kept, own)), [
      ...shapeOf(batch),
      sizeOf(shapeOf(row)),
      sizeOf(shapeOf(column)),
    ]);
  };
  const product = matmul(matrices(a, left, rows, summed), matrices(b, right, summed, columns));
  const natural = [...batch, ...rows, ...columns];
  return permute(reshape(product, shapeOf(natural)), indicesOf(out, natural));
}

const indicesOf = (letters: readonly string[], among: readonly string[]) => letters.map((c) => among.indexOf(c));
