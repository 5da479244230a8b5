import { valueAndGrad } from "@pointwise/autograd";
import { compile, matmulKernels, softmaxKernels, useKernels } from "@pointwise/compiler/core";
import { crossEntropy, Linear, ReLU, Sequential } from "@pointwise/layers";
import { Adam } from "@pointwise/optimizers";
import { Rng } from "@pointwise/tensor";

useKernels(matmulKernels, softmaxKernels);

const rng = new Rng(0);
const model = new Sequential(new Linear(2, 64, { rng }), new ReLU(), new Linear(64, 3, { rng }));
const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
const [x, y] = [rng.normal([64, 2]), rng.randint([64], 0, 3)];
const step = compile(() => {
  const [loss, grads] = valueAndGrad(() => crossEntropy(model.forward(x), y), model.parameters());
  optimizer.step(grads);
  return loss;
});
for (let i = 0; i < 100; i++) console.log(step().item());
