import { valueAndGrad } from "@pointwise/autograd";
import { Conv2d } from "@pointwise/layers";
import { conv2d, mul, Rng, relu, setAccelerator, sum, type Tensor } from "@pointwise/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { expectClose } from "./close-to.ts";

// Eager mode is the oracle, so it must not use the same kernels.
beforeAll(() => setAccelerator(undefined));

/** Pictures, channels, maps, kernel (and picture) size. */
const cases = [
  [5, 6, 4, [1, 1]],
  [4, 3, 7, [3, 3]],
  [1, 5, 9, [2, 3]],
  [6, 1, 1, [4, 1]],
] as const;

describe.each(cases)("%i pictures, %i to %i, %j", (count, channels, maps, size) => {
  const rng = new Rng(3);
  const x = rng.normal([count, channels, ...size]);
  const layer = new Conv2d(channels, maps, size, { rng });

  test("bias and activation, and all gradients", () => {
    const step = (x: Tensor) => {
      const [loss, grads] = valueAndGrad(() => sum(mul(relu(layer.forward(x)), 3)), [x, ...layer.parameters()]);
      return [loss, ...grads.values()];
    };
    expectClose(compile(step)(x), step(x));
  });

  test("is one product for all pictures", () => {
    const forward = compile((x: Tensor) => layer.forward(x));
    forward(x);
    expect(forward.explain()).toContain("conv2d + add");
    expect(forward.explain()).not.toContain("pictures");
  });
});

test("with padding, groups or more than one pixel, pictures are taken one at a time", () => {
  const rng = new Rng(4);
  const explained = (x: Tensor, w: Tensor, options: Parameters<typeof conv2d>[2]) => {
    const f = compile((x: Tensor) => conv2d(x, w, options));
    expectClose([f(x)], [conv2d(x, w, options)]);
    return f.explain();
  };
  const x = rng.normal([3, 4, 2, 2]);
  expect(explained(x, rng.normal([4, 4, 4, 4]), { padding: 1 })).toContain("pictures");
  expect(explained(x, rng.normal([4, 2, 2, 2]), { groups: 2 })).toContain("pictures");
  expect(explained(x, rng.normal([4, 4, 1, 1]), {})).toContain("pictures");
});
