import { apply, kernel, Rng, relu, softmax } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { expectClose } from "./close-to.ts";

/** An op of a user's: twice its input, whatever it is called. */
const twice = (kernelName?: string) =>
  kernel<{ dim: number }>({
    name: "softmax",
    kernel: kernelName,
    shape: (_, shape) => shape!,
    reference: (out, _, x) => {
      x!.data.forEach((v, i) => {
        out.data[i] = 2 * v;
      });
    },
  });
const x = new Rng(0).normal([3, 5]);
const run = (kernelName?: string) => compile((x) => relu(apply(twice(kernelName), [x], { dim: 1 })));

test("an op gets no kernel for its name", () => {
  const f = run();
  expect(f(x).toArray()).toEqual(relu(x.mul(2)).toArray());
  expect(f.explain()).toContain("in JavaScript: softmax");
});

test("an op gets the kernel that it names, instead of its reference", () => {
  const f = run("softmax");
  expectClose([f(x)], [softmax(x, 1)]);
  expect(f.explain()).not.toContain("in JavaScript");
});
