import { valueAndGrad } from "@pointwise/autograd";
import { conv2d, mul, Rng, setAccelerator, sum } from "@pointwise/tensor";
import { beforeAll, test } from "vitest";
import { compile } from "../src/index.ts";
import { expectClose } from "./close-to.ts";

// Eager mode is the oracle, so it must not use the same kernels.
beforeAll(() => setAccelerator(undefined));

test("a convolution and its gradients lay the same picture out in their own ways within one program", () => {
  const rng = new Rng(5);
  for (const [width, kernel, stride] of [
    [11, 2, 3],
    [11, 3, 2],
    [9, 4, 4],
  ] as const) {
    const [x, w] = [rng.normal([2, 1, 1, width]), rng.normal([5, 1, 1, kernel])];
    const step = () => {
      const [loss, grads] = valueAndGrad(() => {
        const y = conv2d(x, w, { stride });
        return sum(mul(y, y));
      }, [x, w]);
      return [loss, ...grads.values()];
    };
    expectClose(compile(step)(), step());
  }
});
