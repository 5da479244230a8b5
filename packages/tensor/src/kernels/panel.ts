import type { TypedArray } from "../dtype.ts";

/**
 * The one inner loop of matmul and convolutions: a row-major matrix times a panel of four columns. Everything here is
 * float64 whatever the tensors' dtype: sums are accurate, and the JavaScript engine sees one type of array.
 *
 * A panel is `rows` times four numbers; the products of m rows with it are m times four numbers.
 */
export const panelWidth = 4;

/** The values as float64, copied only if they are not. */
export const toFloat64 = (x: TypedArray): Float64Array => (x instanceof Float64Array ? x : new Float64Array(x));

/**
 * Gathers `x[base + rows[r] + columns[j]]` for the four columns j from `first` on. Beyond the last column it repeats the
 * last; the caller drops those products.
 */
export function fillPanel(
  panel: Float64Array,
  x: Float64Array,
  base: number,
  rows: Int32Array,
  columns: Int32Array,
  first: number,
): void {
  const last = columns.length - 1;
  const c0 = base + columns[first]!;
  const c1 = base + columns[Math.min(first + 1, last)]!;
  const c2 = base + columns[Math.min(first + 2, last)]!;
  const c3 = base + columns[Math.min(first + 3, last)]!;
  for (let r = 0, p = 0; r < rows.length; r++, p += 4) {
    const row = rows[r]!;
    panel[p] = x[c0 + row]!;
    panel[p + 1] = x[c1 + row]!;
    panel[p + 2] = x[c2 + row]!;
    panel[p + 3] = x[c3 + row]!;
  }
}

/** The reverse of {@link fillPanel}: adds each number of the panel to the place that it would be gathered from. */
export function addPanel(
  panel: Float64Array,
  x: Float64Array,
  base: number,
  rows: Int32Array,
  columns: Int32Array,
  first: number,
): void {
  const lanes = Math.min(panelWidth, columns.length - first);
  for (let lane = 0; lane < lanes; lane++) {
    const column = base + columns[first + lane]!;
    for (let r = 0, p = lane; r < rows.length; r++, p += panelWidth) x[column + rows[r]!]! += panel[p]!;
  }
}

/**
 * `products` [m, 4] = a [m, k] · panel [k, 4], where the matrix begins at `from` in `a`. Four rows at a time, so that each
 * number that is read serves four multiplications and the sixteen sums stay in registers.
 */
export function multiplyPanel(
  products: Float64Array,
  m: number,
  k: number,
  a: Float64Array,
  from: number,
  panel: Float64Array,
): void {
  const end = 4 * k;
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    let p0 = from + i * k;
    let p1 = p0 + k;
    let p2 = p1 + k;
    let p3 = p2 + k;
    let s00 = 0;
    let s01 = 0;
    let s02 = 0;
    let s03 = 0;
    let s10 = 0;
    let s11 = 0;
    let s12 = 0;
    let s13 = 0;
    let s20 = 0;
    let s21 = 0;
    let s22 = 0;
    let s23 = 0;
    let s30 = 0;
    let s31 = 0;
    let s32 = 0;
    let s33 = 0;
    for (let q = 0; q < end; q += 4) {
      const b0 = panel[q]!;
      const b1 = panel[q + 1]!;
      const b2 = panel[q + 2]!;
      const b3 = panel[q + 3]!;
      const a0 = a[p0++]!;
      s00 += a0 * b0;
      s01 += a0 * b1;
      s02 += a0 * b2;
      s03 += a0 * b3;
      const a1 = a[p1++]!;
      s10 += a1 * b0;
      s11 += a1 * b1;
      s12 += a1 * b2;
      s13 += a1 * b3;
      const a2 = a[p2++]!;
      s20 += a2 * b0;
      s21 += a2 * b1;
      s22 += a2 * b2;
      s23 += a2 * b3;
      const a3 = a[p3++]!;
      s30 += a3 * b0;
      s31 += a3 * b1;
      s32 += a3 * b2;
      s33 += a3 * b3;
    }
    const o = 4 * i;
    products[o] = s00;
    products[o + 1] = s01;
    products[o + 2] = s02;
    products[o + 3] = s03;
    products[o + 4] = s10;
    products[o + 5] = s11;
    products[o + 6] = s12;
    products[o + 7] = s13;
    products[o + 8] = s20;
    products[o + 9] = s21;
    products[o + 10] = s22;
    products[o + 11] = s23;
    products[o + 12] = s30;
    products[o + 13] = s31;
    products[o + 14] = s32;
    products[o + 15] = s33;
  }
  for (; i < m; i++) {
    let p = from + i * k;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let q = 0; q < end; q += 4) {
      const ai = a[p++]!;
      s0 += ai * panel[q]!;
      s1 += ai * panel[q + 1]!;
      s2 += ai * panel[q + 2]!;
      s3 += ai * panel[q + 3]!;
    }
    const o = 4 * i;
    products[o] = s0;
    products[o + 1] = s1;
    products[o + 2] = s2;
    products[o + 3] = s3;
  }
}
