import { backward } from "@pointwise/autograd";
import {
  conv2d,
  matmul,
  maxPool2d,
  Rng,
  setAccelerator,
  softmaxCrossEntropy,
  sum,
  type Tensor,
} from "@pointwise/tensor";
import { afterEach, expect, test } from "vitest";
import { accelerateEagerOps } from "../src/eager/accelerate.ts";
import "../src/index.ts"; // registers the kernels

afterEach(() => accelerateEagerOps());

/** With the references alone, and with kernels where they pay. */
function bothWays(compute: () => Tensor[]): { reference: Tensor[]; accelerated: Tensor[] } {
  setAccelerator(undefined);
  const reference = compute();
  accelerateEagerOps();
  return { reference, accelerated: compute() };
}

/** The largest difference, as a share of the largest value. */
function largest(x: Tensor, y: Tensor): number {
  const scale = Math.max(...Array.from(y.data, Math.abs));
  return Math.max(...Array.from(x.data, (value, i) => Math.abs(value - y.data[i]!))) / scale;
}

test("large ops give what their references give", () => {
  const rng = new Rng(1);
  const [x, w, k] = [rng.normal([16, 8, 20, 20]), rng.normal([16, 8, 3, 3]), rng.normal([400, 80])];
  for (const p of [x, w, k]) p.requiresGrad = true;
  const labels = rng.randint([16], 0, 80);
  const compute = () => {
    const maps = maxPool2d(conv2d(x, w, { padding: 1 }), 2);
    const logits = matmul(maps.reshape([64, 400]), k);
    const loss = sum(softmaxCrossEntropy(logits.reshape([16, 4, 80]).mean(1), labels));
    const grads = backward(loss);
    return [maps, logits, grads.get(x)!, grads.get(w)!, grads.get(k)!];
  };
  const { reference, accelerated } = bothWays(compute);
  reference.forEach((y, i) => {
    expect(largest(y, accelerated[i]!)).toBeLessThan(1e-5);
    expect(accelerated[i]!.dtype).toBe("float32");
  });
  // Sums in another order: if no bit differed, the kernels would not have been used.
  expect(largest(reference[1]!, accelerated[1]!)).toBeGreaterThan(0);
});

test("small ops and float64 stay with the references, bit by bit", () => {
  const rng = new Rng(2);
  const compute = () => {
    const small = matmul(rngOf().normal([20, 30]), rngOf().normal([30, 20]));
    const double = matmul(
      rngOf().normal([200, 200], { dtype: "float64" }),
      rng.normal([200, 1], { dtype: "float64" }).mul(0).add(1),
    );
    return [small, double];
  };
  const rngOf = () => new Rng(3);
  const { reference, accelerated } = bothWays(compute);
  reference.forEach((y, i) => {
    expect(largest(y, accelerated[i]!)).toBe(0);
  });
});

test("a label out of range is refused in the same words", () => {
  const rng = new Rng(4);
  const logits = rng.normal([500, 500]);
  const labels = rng.randint([500], 499, 503);
  const message = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return String(error);
    }
    return "no error";
  };
  setAccelerator(undefined);
  const wanted = message(() => softmaxCrossEntropy(logits, labels));
  accelerateEagerOps();
  expect(message(() => softmaxCrossEntropy(logits, labels))).toBe(wanted);
  expect(wanted).toMatch(/ShapeError: softmaxCrossEntropy: label 50/);
});
