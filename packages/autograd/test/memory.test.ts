import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { exp, mul, sum, type Tensor, tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { backward, valueAndGrad } from "../src/index.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Whether the tensors have been freed, after a turn of the event loop, which WeakRef keeps its targets for. */
async function areFreed(...refs: readonly WeakRef<Tensor>[]): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  return refs.every((ref) => ref.deref() === undefined);
}

const parameter = tensor([1, 2, 3]);
parameter.requiresGrad = true;

test("a graph lives as long as its output, and no longer", async () => {
  let between: WeakRef<Tensor> | undefined;
  const build = () => {
    const y = exp(parameter);
    between = new WeakRef(y);
    return sum(mul(y, y));
  };
  let loss: Tensor | undefined = build();
  expect(await areFreed(between!)).toBe(false);
  backward(loss);
  expect(loss.tracked).toBe(true);
  loss = undefined;
  expect(await areFreed(between!)).toBe(true);
});

test("a kept loss of valueAndGrad keeps nothing else, nor do its gradients", async () => {
  const refs: WeakRef<Tensor>[] = [];
  const [loss, grads] = valueAndGrad(() => {
    const y = exp(parameter);
    const z = mul(y, y);
    refs.push(new WeakRef(y), new WeakRef(z));
    return sum(z);
  }, [parameter]);
  expect(await areFreed(...refs)).toBe(true);
  expect(loss.item()).toBeGreaterThan(0);
  expect(grads.get(parameter)!.tracked).toBe(false);
});
