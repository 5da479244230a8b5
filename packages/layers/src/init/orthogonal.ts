import { formatShape, type Shape, ShapeError, sizeOf, type Tensor, tensor } from "@pointwise/tensor";
import type { GainOptions } from "./xavier.ts";

/**
 * A random matrix [rows, all other dimensions] with orthonormal rows or columns, whichever are fewer, times gain. Normal vectors
 * are made orthonormal one after the other by modified Gram–Schmidt in float64, each twice, so that rounding leaves nothing.
 * Reads values: not for compiled functions.
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.orthogonal_
 * @see A. M. Saxe and others, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks" (2013)
 * @throws ShapeError for fewer than two dimensions.
 */
export function orthogonal(shape: Shape, { rng, gain = 1 }: GainOptions): Tensor {
  if (shape.length < 2) {
    throw new ShapeError(`orthogonal: needs at least two dimensions, but the shape is ${formatShape(shape)}.`);
  }
  const [rows, columns] = [shape[0]!, sizeOf(shape.slice(1))];
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const random = rng.normal([count, length], { dtype: "float64" }).data;
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float64Array.from(random.subarray(i * length, (i + 1) * length));
    for (const other of [...vectors, ...vectors]) addScaled(vector, other, -dot(vector, other));
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((v) => v / norm));
  }
  const at = (row: number, column: number) => (rows <= columns ? vectors[row]![column]! : vectors[column]![row]!);
  const values = Float32Array.from(
    { length: rows * columns },
    (_, i) => gain * at(Math.floor(i / columns), i % columns),
  );
  return tensor(values, { shape });
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += scale * vector[i]!;
}
