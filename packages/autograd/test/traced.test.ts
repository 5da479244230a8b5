import { add, assign, matmul, mul, relu, square, sub, sum, type Tensor, tanh, tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { replay } from "../../tensor/test/replay.ts";
import { grad, valueAndGrad, withGradient } from "../src/index.ts";

const float64 = { dtype: "float64" } as const;
const x = tensor([[1, -2], [0.5, 3]], float64); // biome-ignore format: a matrix

/** A step of gradient descent on what `loss` says of one parameter. */
function descent(loss: (w: Tensor) => Tensor): { w: Tensor; step: () => Tensor } {
  const w = tensor([[0.5, -1], [0.25, 2]], float64); // biome-ignore format: a matrix
  const step = () => {
    const [value, grads] = valueAndGrad(() => loss(w), [w]);
    assign(w, sub(w, mul(grads.get(w)!, 0.1)));
    return value;
  };
  return { w, step };
}

const gradientPenalty = (w: Tensor) => {
  const f = (x: Tensor) => sum(tanh(matmul(x, w)));
  return add(f(x), sum(square(grad(f)(x)[0])));
};
const clipped = withGradient((x: Tensor) => relu(x), [(grad) => mul(grad, 0.5)]);

test.each<[string, (w: Tensor) => Tensor]>([
  ["first derivatives", (w) => sum(square(relu(matmul(x, w))))],
  ["derivatives of derivatives", gradientPenalty],
  ["custom gradients", (w) => sum(clipped(matmul(x, w)))],
])("a step with %s can be recorded, and replayed with today's values", (_, loss) => {
  const [eager, recorded] = [descent(loss), descent(loss)];
  const replayed = replay(recorded.step);
  for (let i = 0; i < 3; i++) expect(replayed().item()).toBe(eager.step().item());
  expect(recorded.w.toArray()).toEqual(eager.w.toArray());
});
