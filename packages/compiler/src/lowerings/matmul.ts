import { type MatmulAttrs, sizeOf } from "@pointwise/tensor";
import { at, type GemmSpec } from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";
import type { KernelLowering, Kernels } from "./lowering.ts";
import { product } from "./product.ts";

/** Products of float32 matrices; of stacks of them where both have the same leading dimensions, or one has none. */
const matmulLowering: KernelLowering = {
  accepts: (node) => {
    const counts = node.inputs.map((x) => sizeOf(x.shape.slice(0, -2)));
    const stacked = sizeOf(node.shape.slice(0, -2));
    return (
      node.dtype === "float32" &&
      sizeOf(node.shape) > 0 &&
      node.inputs.every((x) => sizeOf(x.shape) > 0) &&
      counts.every((count) => count === 1 || count === stacked)
    );
  },
  outputMatrix: ({ shape }) => {
    const rank = shape.length;
    return sizeOf(shape.slice(0, -2)) === 1 ? { rows: [rank - 2], columns: [rank - 1] } : undefined;
  },
  flops: (node) => 2 * sizeOf(node.shape) * sizesOf(node).k,
  kernel: (context, node, { epilogue }) => {
    const [a, b] = node.inputs.map(({ shape }) => shape);
    const { m, n, k, transposeA, transposeB } = sizesOf(node);
    const spec: GemmSpec = {
      m,
      n,
      k,
      lda: a!.at(-1)!,
      ldb: b!.at(-1)!,
      ldc: n,
      transposeA,
      transposeB,
      accumulate: false,
      epilogue,
    };
    const count = sizeOf(node.shape.slice(0, -2));
    const single = product(context, spec);
    if (count === 1) return single;
    const step = (size: number) => (size === 1 ? 0 : 1);
    const [countA, countB] = [sizeOf(a!.slice(0, -2)), sizeOf(b!.slice(0, -2))];
    return {
      ...single,
      each: (f, { inputs: [placeA, placeB], output, ...places }) => {
        const [pa, pb, pc] = [f.local("i32"), f.local("i32"), f.local("i32")];
        f.repeat(count, () => {
          const inputs = [at(placeA!.offset, pa), at(placeB!.offset, pb)];
          single.each(f, { ...places, inputs, output: at(output.offset, pc) });
          f.increment(pa, step(countA) * m * k * 4);
          f.increment(pb, step(countB) * k * n * 4);
          f.increment(pc, m * n * 4);
        });
      },
    };
  },
};

/** The kernel of products of matrices. */
export const matmulKernels: Kernels = { matmul: matmulLowering };

function sizesOf({ attrs, shape, inputs }: OpNode) {
  const { transposeA, transposeB } = attrs as MatmulAttrs; // attributes of this op
  const a = inputs[0]!.shape;
  return { m: shape.at(-2)!, n: shape.at(-1)!, k: a.at(transposeA ? -2 : -1)!, transposeA, transposeB };
}
