import fc from "fast-check";
import { test } from "vitest";
import {
  type BatchKernel,
  conv2dForward,
  conv2dInputGrad,
  conv2dWeightGrad,
  type Epilogue,
  type KernelContext,
} from "../src/index.ts";
import { convSpecs, sizesOf, tinySpecs, visitProducts } from "./conv-cases.ts";
import { engines } from "./engines.ts";
import { batch, expectClose, type Part, randomValues, runBatch } from "./run-batch.ts";

type Addresses = Readonly<Record<string, number>>;

/** Everything that an epilogue can read: relu(result + row + 2·full) + column·scalar. */
const epilogueAt = ({ row, column, scalar }: Addresses): Epilogue => ({
  key: "test",
  operands: [
    { extent: "row", address: row! },
    { extent: "full", address: 0 },
    { extent: "column", address: column! },
    { extent: "scalar", address: scalar! },
  ],
  apply: (k, result, [row, full, column, scalar]) =>
    k.add(k.max(k.add(k.add(result, row!), k.mul(full!, k.c(2))), k.c(0)), k.mul(column!, scalar!)),
});

/** The epilogue's operands for an output [batch, channels, pixels]; and what it makes of the sums. */
function withEpilogue(sums: Float64Array, channels: number, pixels: number, seed: number) {
  const [row, column, scalar] = [channels, pixels, 1].map((n, i) => randomValues(n, seed + 10 + i)) as [F, F, F];
  type F = Float32Array;
  const full = randomValues(sums.length, seed + 20);
  const expected = sums.map(
    (sum, i) =>
      Math.max(sum + row[Math.floor(i / pixels) % channels]! + 2 * full[i]!, 0) + column[i % pixels]! * scalar[0]!,
  );
  const parts = {
    row: { values: row, step: 0 },
    column: { values: column, step: 0 },
    scalar: { values: scalar, step: 0 },
    full: { values: full, step: channels * pixels },
  };
  return { expected, parts };
}

for (const engine of engines) {
  const cases = fc.record({ spec: convSpecs, seed: fc.integer({ min: 0, max: 1e6 }), fused: fc.boolean() });
  const tiny = tinySpecs.flatMap((spec) => [false, true].map((fused) => ({ spec, seed: 1, fused })));
  const runs = { numRuns: 100 + tiny.length, examples: tiny.map((one): [typeof one] => [one]) };

  test(`${engine.name}: a convolution's maps are sums of products`, () => {
    fc.assert(
      fc.property(cases, ({ spec, seed, fused }) => {
        const size = sizesOf(spec);
        const [x, w] = [randomValues(batch * size.x, seed), randomValues(size.w, seed + 1)];
        const sums = new Float64Array(batch * size.y);
        for (let n = 0; n < batch; n++) {
          visitProducts(spec, (iy, ix, iw) => {
            sums[n * size.y + iy]! += x[n * size.x + ix]! * w[iw]!;
          });
        }
        const epilogue = withEpilogue(sums, spec.maps, spec.outHeight * spec.outWidth, seed);
        const inputs = {
          x: { values: x, step: size.x },
          w: { values: w, step: 0 },
          y: { values: new Float32Array(batch * size.y), step: size.y },
          ...(fused ? epilogue.parts : {}),
        };
        const make = (context: KernelContext, addresses: Addresses) =>
          conv2dForward(context, spec, fused ? epilogueAt(addresses) : undefined);
        expectClose(runBatch(engine, make, inputs, "y"), fused ? epilogue.expected : sums, size.w / spec.maps);
      }),
      runs,
    );
  });

  test(`${engine.name}: the gradient by the pictures`, () => {
    fc.assert(
      fc.property(cases, ({ spec, seed, fused }) => {
        const size = sizesOf(spec);
        const [grad, w] = [randomValues(batch * size.y, seed), randomValues(size.w, seed + 1)];
        const sums = new Float64Array(batch * size.x);
        for (let n = 0; n < batch; n++) {
          visitProducts(spec, (iy, ix, iw) => {
            sums[n * size.x + ix]! += grad[n * size.y + iy]! * w[iw]!;
          });
        }
        const epilogue = withEpilogue(sums, spec.channels, spec.height * spec.width, seed);
        const inputs = {
          grad: { values: grad, step: size.y },
          w: { values: w, step: 0 },
          dx: { values: new Float32Array(batch * size.x), step: size.x },
          ...(fused ? epilogue.parts : {}),
        };
        const make = (context: KernelContext, addresses: Addresses) =>
          conv2dInputGrad(context, spec, fused ? epilogueAt(addresses) : undefined);
        const terms = (size.w / spec.channels) * spec.groups;
        expectClose(runBatch(engine, make, inputs, "dx"), fused ? epilogue.expected : sums, terms);
      }),
      runs,
    );
  });

  test(`${engine.name}: the gradient by the weights`, () => {
    fc.assert(
      fc.property(cases, ({ spec, seed }) => {
        const size = sizesOf(spec);
        const [grad, x] = [randomValues(batch * size.y, seed), randomValues(batch * size.x, seed + 1)];
        const expected = new Float64Array(size.w);
        for (let n = 0; n < batch; n++) {
          visitProducts(spec, (iy, ix, iw) => {
            expected[iw]! += grad[n * size.y + iy]! * x[n * size.x + ix]!;
          });
        }
        const inputs = {
          grad: { values: grad, step: size.y },
          x: { values: x, step: size.x },
          dw: { values: new Float32Array(size.w), step: 0 },
        };
        const make = (context: KernelContext) => conv2dWeightGrad(context, spec);
        expectClose(runBatch(engine, make, inputs, "dw"), expected, batch * spec.outHeight * spec.outWidth);
      }),
      runs,
    );
  });

  test(`${engine.name}: infinity spoils no sum that it is no term of`, () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.nat(), ({ spec, seed }, pixel, element) => {
        const size = sizesOf(spec);
        const [x, w, grad] = [size.x, size.w, size.y].map((n, i) => randomValues(n, seed + i)) as [F, F, F];
        type F = Float32Array;
        x[pixel % size.x] = Number.POSITIVE_INFINITY;
        const infinite = grad.with(element % size.y, Number.POSITIVE_INFINITY);
        const [y, dx, dw] = [new Float64Array(size.y), new Float64Array(size.x), new Float64Array(size.w)];
        visitProducts(spec, (iy, ix, iw) => {
          y[iy]! += x[ix]! * w[iw]!;
          dx[ix]! += infinite[iy]! * w[iw]!;
          dw[iw]! += grad[iy]! * x[ix]!;
        });
        const of = (values: Float32Array) => ({ values: twice(values), step: values.length });
        const weights = { values: w, step: 0 };
        const run = (
          make: (context: KernelContext) => BatchKernel<never>,
          inputs: Record<string, Part>,
          output: string,
          sums: Float64Array,
        ) => {
          const step = output === "dw" ? 0 : sums.length;
          const values = new Float32Array(output === "dw" ? sums.length : batch * sums.length);
          const found = runBatch(engine, make, { ...inputs, [output]: { values, step } }, output);
          const scale = output === "dw" ? batch : 1;
          // Where infinity is a term, any of its results will do.
          const isPlain = (_: number, i: number) => Number.isFinite(sums[i]!);
          expectClose(
            found.slice(0, sums.length).filter(isPlain),
            sums.filter(Number.isFinite).map((sum) => scale * sum),
            1000,
          );
        };
        run((context) => conv2dForward(context, spec), { x: of(x), w: weights }, "y", y);
        run((context) => conv2dInputGrad(context, spec), { grad: of(infinite), w: weights }, "dx", dx);
        run((context) => conv2dWeightGrad(context, spec), { grad: of(grad), x: of(x) }, "dw", dw);
      }),
      { numRuns: 50 },
    );
  });
}

/** For both pictures of a batch. */
const twice = (values: Float32Array): Float32Array => Float32Array.from([...values, ...values]);
