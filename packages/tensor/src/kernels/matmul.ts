import type { Buffer } from "../op.ts";
import { type Shape, sizeOf, stridesOf } from "../shape.ts";
import { fillPanel, multiplyPanel, panelWidth, toFloat64 } from "./panel.ts";

/** A matrix in a flat array. */
interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** out [..., m, n] = a [..., m, k] · b [..., k, n], or of their transposes; the leading dimensions broadcast. */
export function matmulKernel(out: Buffer, transposeA: boolean, transposeB: boolean, a: Buffer, b: Buffer): void {
  const batch = out.shape.slice(0, -2);
  const [m, n] = [out.shape.at(-2)!, out.shape.at(-1)!];
  const [left, right] = [matrixOf(a, transposeA), matrixOf(b, transposeB)];
  const [leftAt, rightAt] = [matrixOffsets(a.shape, batch), matrixOffsets(b.shape, batch)];
  // The right matrix is cut into panels, which cost little more to make than to use when the left one has few rows:
  // so the larger of the two goes to the right, by (A·B)ᵀ = Bᵀ·Aᵀ.
  const swap = m > n;
  const rows = swap ? transposed(right) : left;
  const panels = swap ? transposed(left) : right;
  const [rowsAt, panelsAt] = swap ? [rightAt, leftAt] : [leftAt, rightAt];
  const [rowStep, columnStep] = swap ? [1, n] : [n, 1];

  const k = rows.columns;
  const panelRows = Int32Array.from({ length: k }, (_, r) => r * panels.rowStep);
  const panelColumns = Int32Array.from({ length: panels.columns }, (_, c) => c * panels.columnStep);
  const panel = new Float64Array(k * panelWidth);
  const products = new Float64Array(rows.rows * panelWidth);
  const scratch = rows.columnStep === 1 ? undefined : new Float64Array(rows.rows * k);
  for (let i = 0; i < rowsAt.length; i++) {
    if (scratch && (i === 0 || rowsAt[i] !== rowsAt[i - 1])) copyRowMajor(scratch, rows, rowsAt[i]!);
    const from = scratch ? 0 : rowsAt[i]!;
    for (let first = 0; first < panels.columns; first += panelWidth) {
      fillPanel(panel, panels.data, panelsAt[i]!, panelRows, panelColumns, first);
      multiplyPanel(products, rows.rows, k, scratch ?? rows.data, from, panel);
      const lanes = Math.min(panelWidth, panels.columns - first);
      for (let r = 0; r < rows.rows; r++) {
        const to = i * m * n + r * rowStep + first * columnStep;
        for (let lane = 0; lane < lanes; lane++) out.data[to + lane * columnStep] = products[r * panelWidth + lane]!;
      }
    }
  }
}

function matrixOf({ data, shape }: Buffer, transpose: boolean): Matrix {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  const matrix = { data: toFloat64(data), rows, columns, rowStep: columns, columnStep: 1 };
  return transpose ? transposed(matrix) : matrix;
}

const transposed = ({ data, rows, columns, rowStep, columnStep }: Matrix): Matrix => ({
  data,
  rows: columns,
  columns: rows,
  rowStep: columnStep,
  columnStep: rowStep,
});

function copyRowMajor(to: Float64Array, { data, rows, columns, rowStep, columnStep }: Matrix, from: number): void {
  for (let r = 0, t = 0; r < rows; r++) {
    for (let c = 0, p = from + r * rowStep; c < columns; c++, p += columnStep) to[t++] = data[p]!;
  }
}

/** Where the matrix that stands at each place of `batch` begins in an operand of the given shape. */
function matrixOffsets(shape: Shape, batch: Shape): Int32Array {
  const strides = stridesOf(shape);
  const lead = batch.length - (shape.length - 2);
  const steps = batch.map((_, i) => (i < lead || shape[i - lead] === 1 ? 0 : strides[i - lead]!));
  const offsets = new Int32Array(sizeOf(batch));
  for (let i = 0; i < offsets.length; i++) {
    for (let rest = i, dim = batch.length - 1; dim >= 0; dim--) {
      offsets[i]! += (rest % batch[dim]!) * steps[dim]!;
      rest = Math.floor(rest / batch[dim]!);
    }
  }
  return offsets;
}
