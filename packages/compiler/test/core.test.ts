import * as tensors from "@pointwise/tensor";
import { beforeEach, expect, test, vi } from "vitest";
import { compile, matmulKernels, useKernels } from "../src/core.ts";
import { allKernels } from "../src/lowerings/all-kernels.ts";

const { matmul, relu, tensor } = tensors;

const x = tensor([
  [1, -2],
  [3, 4],
]);
const product = [
  [0, 0],
  [15, 10],
];

const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => void warn.mockClear());

test("without its kernel an op runs as its reference, and a warning says so once", () => {
  const f = compile((x: tensors.Tensor) => relu(matmul(x, x)));
  expect(f(x).toArray()).toEqual(product);
  expect(f.explain()).toContain("in JavaScript: matmul");
  expect(f(tensor([[2]])).toArray()).toEqual([[4]]);
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/matmul asks for the kernel "matmul".*useKernels/)]]);
});

test("a registered family is used", () => {
  useKernels(matmulKernels);
  const f = compile((x: tensors.Tensor) => relu(matmul(x, x)));
  expect(f(x).toArray()).toEqual(product);
  expect(f.explain()).not.toContain("in JavaScript");
  expect(warn).not.toHaveBeenCalled();
});

test("a registered kernel that does not cover a type is no reason to warn", () => {
  const f = compile((x: tensors.Tensor) => matmul(x, x));
  expect(f(tensor([[3]], { dtype: "float64" })).toArray()).toEqual([[9]]);
  expect(f.explain()).toContain("in JavaScript: matmul");
  expect(warn).not.toHaveBeenCalled();
});

test("a name that no family has is warned about, by the op that asks for it", () => {
  const copy = tensors.kernel({
    name: "copy",
    kernel: "matmull",
    shape: (_, shape) => shape!,
    reference: (out, _, x) => out.data.set(x!.data),
  });
  const f = compile((x: tensors.Tensor) => relu(tensors.apply(copy, [x])));
  expect(f(x).toArray()).toEqual(relu(x).toArray());
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/copy asks for the kernel "matmull".*check the name/)]]);
});

test("every kernel belongs to one op, and every op that asks for one finds it", () => {
  const asked = Object.values(tensors).flatMap((x) =>
    typeof x === "object" && x !== null && "kind" in x && x.kind === "kernel" && x.kernel ? [x.kernel] : [],
  );
  expect(asked.sort()).toEqual(allKernels.flatMap(Object.keys).sort());
});
