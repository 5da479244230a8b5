import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { noGrad, valueAndGrad } from "@pointwise/autograd";
import { crossEntropy, Linear, ReLU, Sequential } from "@pointwise/layers";
import { Adam } from "@pointwise/optimizers";
import { assign, full, mul, ones, Rng, sum, type Tensor, zeros } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { ProgramHeap, sharedHeap } from "../src/memory/heap.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void; // what the flag makes

function classifier() {
  const rng = new Rng(1);
  const model = new Sequential(
    new Linear(2, 64, { rng }),
    new ReLU(),
    new Linear(64, 64, { rng }),
    new ReLU(),
    new Linear(64, 3, { rng }),
  );
  const optimizer = new Adam(model.parameters(), { lr: 1e-2 });
  const train = compile((x: Tensor, y: Tensor) => {
    const [loss, grads] = valueAndGrad(() => crossEntropy(model.forward(x), y), model.parameters());
    optimizer.step(grads);
    return loss;
  });
  const evaluate = compile((x: Tensor, y: Tensor) => noGrad(() => crossEntropy(model.forward(x), y)));
  return { model, train, evaluate, x: rng.normal([64, 2]), y: rng.randint([64], 0, 3) };
}

test("2,000 compiled steps need no memory, neither WebAssembly's nor JavaScript's", () => {
  const { train, x, y } = classifier();
  for (let i = 0; i < 200; i++) train(x, y);
  const bytes = sharedHeap().buffer.byteLength;
  const plan = /^Memory: .*$/m.exec(train.explain())![0];
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 2000; i++) train(x, y);
  collectGarbage();
  // Less than 100 bytes a step: something that stays of each would be more.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000);
  expect(sharedHeap().buffer.byteLength).toBe(bytes);
  expect(/^Memory: .*$/m.exec(train.explain())![0]).toBe(plan);
});

test("compiled functions and eager code see each other's changes", () => {
  const { model, train, evaluate, x, y } = classifier();
  const eager = () => noGrad(() => crossEntropy(model.forward(x), y)).item();
  const before = eager();
  expect(evaluate(x, y).item()).toBeCloseTo(before, 5);
  expect(train(x, y).item()).toBeCloseTo(before, 5);
  const bytes = sharedHeap().buffer.byteLength;
  for (let i = 0; i < 5; i++) {
    const after = eager();
    expect(evaluate(x, y).item()).toBeCloseTo(after, 5);
    const first = model.parameters()[0]!;
    assign(first, mul(first, -1));
    const changed = eager();
    expect(Math.abs(changed - after)).toBeGreaterThan(1e-4);
    expect(evaluate(x, y).item()).toBeCloseTo(changed, 5);
    expect(train(x, y).item()).toBeCloseTo(changed, 5);
    expect(Math.abs(eager() - changed)).toBeGreaterThan(1e-4);
  }
  expect(sharedHeap().buffer.byteLength).toBe(bytes);
});

test("a function's tensors give their memory back when it is gone", async () => {
  const size = 2 ** 20;
  const use = () => {
    const weights = ones([size]);
    return compile((x: Tensor) => sum(mul(x, weights)))(ones([1])).item();
  };
  use();
  const settle = async () => {
    for (let i = 0; i < 3; i++) {
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 5)); // finalizers run between tasks
    }
  };
  await settle();
  use();
  await settle();
  const bytes = sharedHeap().buffer.byteLength;
  for (let i = 0; i < 12; i++) {
    expect(use()).toBe(size);
    await settle();
  }
  expect(sharedHeap().buffer.byteLength).toBe(bytes);
});

test("zeros that nobody has looked at are zeros in a heap, also where something else lay before", () => {
  const heap = new ProgramHeap();
  const values = (x: Tensor) => new Float32Array(heap.buffer, heap.home(x.storage!), x.size);
  const fresh = zeros([100]);
  expect([...values(fresh)]).toEqual(new Array(100).fill(0));
  const block = { address: heap.allocate(400), bytes: 400 };
  new Uint8Array(heap.buffer, block.address, block.bytes).fill(0xff);
  heap.release(block);
  const reused = zeros([100]);
  expect(heap.home(reused.storage!)).toBe(block.address);
  expect([...values(reused)]).toEqual(new Array(100).fill(0));
  values(reused)[3] = 1;
  expect(reused.data[3]).toBe(1);
  expect(Object.is(full([2], -0).data[0], -0)).toBe(true);
});
