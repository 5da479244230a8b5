import { matmul, Rng } from "@pointwise/tensor";

/** A product of one of 96 sizes, for each of which eager mode compiles a kernel: more than it keeps. */
export function multiply(i: number): void {
  const size = 82 + ((7 * i) % 96);
  const x = new Rng(i).uniform([size, size]);
  matmul(x, x);
}
