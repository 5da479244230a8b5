import { ShapeError, UsageError } from "../errors.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The letters of a two-operand equation such as `ij,jk->ik`.
 * @throws UsageError
 */
export function parseEquation(equation: string): { left: string[]; right: string[]; out: string[] } {
  const match = /^([a-zA-Z]*),([a-zA-Z]*)(?:->([a-zA-Z]*))?$/.exec(equation.replaceAll(" ", ""));
  if (!match) {
    throw new UsageError(`einsum: "${equation}" is not of the form "ij,jk->ik": one letter a dimension, two operands.`);
  }
  const [left, right] = [[...match[1]!], [...match[2]!]];
  const all = [...left, ...right];
  const out = match[3] === undefined ? all.filter((c) => all.indexOf(c) === all.lastIndexOf(c)).sort() : [...match[3]];
  for (const letters of [left, right, out]) {
    const repeated = letters.find((c, i) => letters.indexOf(c) !== i);
    if (repeated) throw new UsageError(`einsum: "${repeated}" occurs twice in "${letters.join("")}" of "${equation}".`);
  }
  const unknown = out.find((c) => !all.includes(c));
  if (unknown) throw new UsageError(`einsum: "${unknown}" of the result is in neither operand of "${equation}".`);
  return { left, right, out };
}

/**
 * Notes the size of each letter, which must be the same everywhere.
 * @throws ShapeError
 */
export function measureLetters(
  equation: string,
  sizes: Map<string, number>,
  letters: readonly string[],
  x: Tensor,
): void {
  if (letters.length !== x.rank) {
    throw new ShapeError(
      `einsum: "${letters.join("")}" of "${equation}" does not name the dimensions of ${formatShape(x.shape)}.`,
    );
  }
  letters.forEach((c, i) => {
    const known = sizes.get(c) ?? x.shape[i]!;
    if (known !== x.shape[i]) {
      throw new ShapeError(
        `einsum: "${c}" of "${equation}" is ${known} in one operand and ${x.shape[i]} in the other.`,
      );
    }
    sizes.set(c, known);
  });
}
