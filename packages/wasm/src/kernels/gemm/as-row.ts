import type { GemmSpec } from "./gemm.ts";

/** Whether C is one column, which as a row fills vectors, and A is read well as it lies: packing it for one row would not pay. */
export const isColumn = ({ m, n, k, ldb, ldc, transposeA, transposeB, accumulate }: GemmSpec): boolean =>
  n === 1 && m > 1 && ldc === 1 && !accumulate && (transposeA || (k >= 8 && (transposeB || ldb === 1)));

/** Cᵀ = Bᵀ·Aᵀ. */
export function asRow(spec: GemmSpec): GemmSpec {
  const { m, lda, ldb, transposeA, transposeB, epilogue } = spec;
  const turned = { row: "column", column: "row", full: "full", scalar: "scalar" } as const;
  return {
    ...{ ...spec, m: 1, n: m, lda: ldb, ldb: lda, ldc: m },
    ...{ transposeA: !transposeB && ldb > 1, transposeB: !transposeA },
    epilogue: epilogue && {
      key: `${epilogue.key} as a row`,
      operands: epilogue.operands.map((x) => ({ extent: turned[x.extent], address: x.address })),
      apply: (k, result, operands) => epilogue.apply(k, result, operands),
    },
  };
}
