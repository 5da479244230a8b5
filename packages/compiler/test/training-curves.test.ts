import { readFileSync } from "node:fs";
import { valueAndGrad } from "@pointwise/autograd";
import { crossEntropy, mseLoss } from "@pointwise/layers";
import { Adam, SGD } from "@pointwise/optimizers";
import type { Tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { prepare, stepCount, workloads } from "./training-curves/workloads.ts";

const fixtures = JSON.parse(
  readFileSync(new URL("./fixtures/training-curves.json", import.meta.url), "utf8"),
) /* What make-training-curves.py writes. */ as Readonly<
  Record<string, { readonly hash: string; readonly losses: readonly number[] }>
>;

/** PyTorch's curves are of float64: the rest is what float32 makes of 20 steps. */
const tolerance = (name: string): number => (name === "W1" ? 1e-5 : 1e-4);

test.each(workloads)("$name: the losses of compiled steps are PyTorch's", (workload) => {
  const { name, lr } = workload;
  const { model, batches, hash } = prepare(workload);
  const fixture = fixtures[name]!;
  expect(
    fixture.hash,
    "the weights or batches are not those that PyTorch trained with: make the fixtures anew, by pnpm --filter @pointwise/compiler fixtures",
  ).toBe(hash);
  const params = model.parameters();
  const optimizer = workload.optimizer === "sgd" ? new SGD(params, { lr }) : new Adam(params, { lr });
  const lossOf = workload.loss === "mse" ? mseLoss : crossEntropy;
  const step = compile((x: Tensor, y: Tensor) => {
    const [loss, grads] = valueAndGrad(() => lossOf(model.forward(x), y), params);
    optimizer.step(grads);
    return loss;
  });
  expect(fixture.losses.length).toBe(stepCount);
  const worst = fixture.losses.map((wanted, i) => Math.abs(step(...batches[i % batches.length]!).item() - wanted));
  expect(Math.max(...worst)).toBeLessThan(tolerance(name));
});
