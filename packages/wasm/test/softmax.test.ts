import { logSoftmaxOp, softmaxCrossEntropyOp, softmaxOp } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, logSoftmax, type SoftmaxSpec, softmax, softmaxCrossEntropy } from "../src/index.ts";
import { arithmetics } from "./engines.ts";
import { expectSame, oddities, runKernel, values } from "./run-kernel.ts";

const spec = fc.record({
  outer: fc.integer({ min: 1, max: 9 }),
  width: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(64, 65, 99, 250)),
  inner: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 9 })),
});

const logitsOf = ({ outer, width, inner }: SoftmaxSpec, seed: number, special: readonly number[] = []) =>
  values(outer * width * inner, seed, special).map((v) => v * 1.7);

function labelsOf({ outer, width, inner }: SoftmaxSpec, seed: number): Int32Array {
  return Int32Array.from(values(outer * inner, seed), (v) => (v + 8) % width);
}

/** Equal up to rounding, NaN where NaN is. */
function expectClose(got: ArrayBuffer, wanted: ArrayLike<number>, tolerance: number): void {
  const isClose = (value: number, i: number) => {
    const difference = value === wanted[i] ? 0 : Math.abs(value - wanted[i]!);
    return Number.isNaN(wanted[i]!) ? Number.isNaN(value) : difference <= tolerance * (1 + Math.abs(wanted[i]!));
  };
  const values = new Float32Array(got);
  const wrong = values.findIndex((value, i) => !isClose(value, i));
  expect(wrong, `[${wrong}] is ${values[wrong]} instead of ${wanted[wrong]}`).toBe(-1);
}

describe.each(arithmetics)("$name", (engine) => {
  describe.each([
    { name: "softmax", kernel: softmax, op: softmaxOp, tolerance: 3e-7 },
    { name: "logSoftmax", kernel: logSoftmax, op: logSoftmaxOp, tolerance: 1e-6 },
  ])("$name", ({ kernel, op, tolerance }) => {
    const check = (spec: SoftmaxSpec, x: Float32Array) => {
      const shape = [spec.outer, spec.width, spec.inner];
      const wanted = new Float64Array(x.length);
      op.reference({ data: wanted, shape }, { dim: 1 }, { data: x, shape });
      const { y } = runKernel(
        { x, y: x.length },
        (context, f, address) => kernel(context, f, spec, { x: at(address.x), y: at(address.y) }),
        { engine },
      );
      expectClose(y, wanted, tolerance);
      const inPlace = runKernel(
        { x },
        (context, f, address) => kernel(context, f, spec, { x: at(address.x), y: at(address.x) }),
        { engine },
      );
      expectSame(new Int32Array(inPlace.x), new Int32Array(y));
    };

    test("is what the reference says", () => {
      fc.assert(fc.property(spec, fc.nat(1e6), (spec, seed) => check(spec, logitsOf(spec, seed))));
    });

    test("has NaN where the reference has it, and nowhere else", () => {
      fc.assert(fc.property(spec, fc.nat(1e6), (spec, seed) => check(spec, logitsOf(spec, seed, oddities))));
    });

    test("takes masked values", () => {
      fc.assert(
        fc.property(spec, fc.nat(1e6), (spec, seed) => check(spec, logitsOf(spec, seed, [Number.NEGATIVE_INFINITY]))),
      );
    });

    test("does not overflow", () => {
      for (const inner of [1, 3]) {
        check(
          { outer: 2, width: 5, inner },
          logitsOf({ outer: 2, width: 5, inner }, 1).map((v) => v * 1e37),
        );
      }
    });
  });

  describe("softmaxCrossEntropy", () => {
    const check = (spec: SoftmaxSpec, logits: Float32Array, labels: Int32Array) => {
      const shape = [spec.outer, spec.width, spec.inner];
      const [losses, probabilities] = [new Float64Array(labels.length), new Float64Array(logits.length)];
      const x = { data: logits, shape };
      const labelShape = [spec.outer, spec.inner];
      softmaxCrossEntropyOp.reference({ data: losses, shape: labelShape }, undefined, x, {
        data: labels,
        shape: labelShape,
      });
      softmaxOp.reference({ data: probabilities, shape }, { dim: 1 }, x);
      const fused = runKernel(
        { logits, labels, losses: labels.length, probabilities: logits.length },
        (context, f, { logits, labels, losses, probabilities }) =>
          softmaxCrossEntropy(
            context,
            f,
            { ...spec, labelCheck: 7 },
            { logits: at(logits), labels: at(labels), losses: at(losses), probabilities: at(probabilities) },
          ),
        { engine },
      );
      expectClose(fused.losses, losses, 1e-6);
      expectClose(fused.probabilities, probabilities, 3e-7);
      const alone = runKernel(
        { logits, labels, losses: labels.length },
        (context, f, { logits, labels, losses }) =>
          softmaxCrossEntropy(
            context,
            f,
            { ...spec, labelCheck: 7 },
            { logits: at(logits), labels: at(labels), losses: at(losses) },
          ),
        { engine },
      );
      expectSame(new Int32Array(alone.losses), new Int32Array(fused.losses));
    };

    test("gives the losses, and the probabilities too", () => {
      fc.assert(
        fc.property(spec, fc.nat(1e6), (spec, seed) => check(spec, logitsOf(spec, seed), labelsOf(spec, seed + 1))),
      );
    });

    test("masked logits count as probability 0", () => {
      fc.assert(
        fc.property(spec, fc.nat(1e6), (spec, seed) =>
          check(spec, logitsOf(spec, seed, [Number.NEGATIVE_INFINITY]), labelsOf(spec, seed + 1)),
        ),
      );
    });

    test.each([
      { label: -1, inner: 1 },
      { label: 5, inner: 1 },
      { label: 2 ** 31 - 1, inner: 3 },
    ])("refuses label $label", ({ label, inner }) => {
      const spec = { outer: 7, width: 5, inner };
      const labels = labelsOf(spec, 1).with(6, label);
      const refused: number[][] = [];
      const refuseIndex = (...x: number[]) => {
        refused.push(x);
        throw new Error("refused");
      };
      const run = () =>
        runKernel(
          { logits: logitsOf(spec, 1), labels, losses: labels.length },
          (context, f, { logits, labels, losses }) =>
            softmaxCrossEntropy(
              context,
              f,
              { ...spec, labelCheck: 7 },
              { logits: at(logits), labels: at(labels), losses: at(losses) },
            ),
          { engine, host: { refuseIndex } },
        );
      expect(run).toThrow("refused");
      expect(refused).toEqual([[7, 6]]);
    });
  });
});
