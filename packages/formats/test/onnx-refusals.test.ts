import { BatchNorm2d, Dropout, Linear, Sequential } from "@pointwise/layers";
import {
  adaptiveAvgPool2d,
  add,
  apply,
  kernel,
  matmul,
  mul,
  Rng,
  relu,
  reshape,
  softmaxCrossEntropy,
  sum,
  type Tensor,
  UsageError,
  zeros,
  zerosLike,
} from "@pointwise/tensor";
import { expect, test } from "vitest";
import { exportOnnx } from "../src/index.ts";

const rng = new Rng(4);
const refusal = (fn: (x: Tensor) => Tensor, shape = [1, 4], options: Parameters<typeof exportOnnx>[2] = {}) => {
  try {
    exportOnnx(fn, { shape }, options);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error("was exported");
};

test("a model in training mode is refused, and says to call eval()", () => {
  const dropout = new Sequential(new Linear(4, 4, { rng }), new Dropout(0.5, { rng }));
  expect(refusal((x) => dropout.forward(x))).toMatch(/draws random numbers.*model\.eval\(\) first/);
  const norm = new BatchNorm2d(4);
  expect(refusal((x) => norm.forward(x), [2, 4, 3, 3])).toMatch(/running statistics.*model\.eval\(\) first/);
  expect([...norm.runningMean!.data]).toEqual([0, 0, 0, 0]);
});

test("an op without counterpart is named", () => {
  const own = kernel({ name: "ownKernel", shape: (_, x) => x!, reference: (out, _, x) => out.data.set(x!.data) });
  expect(refusal((x) => apply(own, [relu(x)]))).toMatch(/the op "ownKernel" has no counterpart in ONNX/);
  expect(refusal((x) => adaptiveAvgPool2d(x, 2), [1, 2, 5, 5])).toMatch(/"adaptiveAvgPool2d".*sizes that divide/);
  const labels = zeros([3], { dtype: "int32" });
  expect(refusal((x) => softmaxCrossEntropy(x, labels), [3, 4], { dynamicBatch: false })).toMatch(
    /"softmaxCrossEntropy"/,
  );
  // A user's op of a known name is not taken for the known one.
  const relu2 = kernel({ name: "relu", shape: (_, x) => x!, reference: (out, _, x) => out.data.set(x!.data) });
  expect(refusal((x) => apply(relu2, [x]))).toMatch(/the op "relu" has no counterpart/);
});

test("what depends on the batch size is refused, and can be exported for one", () => {
  const weight = rng.normal([3, 4]);
  const rows: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    "does not take a batch of 2": (x) => add(x, weight),
    "a number is 2 and 3": (x) => mul(x, x.shape[0]!),
    "does not do the same for batches of all sizes": (x) => (x.shape[0]! > 2 ? relu(x) : x),
    "makes a tensor whose size depends": (x) => add(x, zerosLike(x)),
    "several dimensions": (x) => reshape(matmul(x, x, { transposeB: true }), [1, 1, x.shape[0]!, x.shape[0]!]),
  };
  for (const [message, fn] of Object.entries(rows)) {
    expect(refusal(fn)).toContain(message);
    expect(refusal(fn)).toContain("{ dynamicBatch: false }");
    expect(exportOnnx(fn, { shape: [3, 4] }, { dynamicBatch: false }).length).toBeGreaterThan(0);
  }
  expect(refusal((x) => x, [])).toContain("0-d input");
});

test("names that nothing reads are refused, since they are copies", () => {
  const model = new Linear(4, 2, { rng });
  expect(refusal((x) => model.forward(x), [1, 4], { names: model.stateDict() })).toContain("stateDict() gives copies");
});

test("what is no tensor, or left over from another trace, is refused", () => {
  expect(refusal((() => 1) as unknown as (x: Tensor) => Tensor)).toContain("must return a tensor");
  let kept: Tensor | undefined;
  exportOnnx((x) => (kept = sum(x)), { shape: [1, 4] });
  expect(refusal((x) => add(x, kept!))).toContain("left over from another trace");
});

test("reading values while it is traced is refused", () => {
  expect(refusal((x) => mul(x, sum(x).item()))).toContain("has no values yet");
});
