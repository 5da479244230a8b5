/** Pointwise, written as its users write it. */
import { noGrad, valueAndGrad } from "@pointwise/autograd";
import { compile } from "@pointwise/compiler";
import {
  Conv1x1,
  Conv2d,
  crossEntropy,
  Flatten,
  GlobalAvgPool2d,
  Linear,
  MaxPool2d,
  type Module,
  mseLoss,
  ReLU,
  Sequential,
  Sigmoid,
  Tanh,
} from "@pointwise/layers";
import { Adam, SGD } from "@pointwise/optimizers";
import {
  add,
  apply,
  assign,
  conv2d,
  conv2dAttrs,
  conv2dInputGradOp,
  conv2dWeightGradOp,
  fromData,
  matmul,
  Rng,
  type Tensor,
  zeros,
} from "@pointwise/tensor";
import { type Data, meanSize, oneByOne, type Steps, serve, type Values } from "../serve.mjs";
import type { Kernel, Layer, Network } from "../workloads.mjs";
import { chooseEngine } from "./engine.ts";

/** When the last program was ready to run: what comes before is compiling, what comes after touches its memory and computes. */
let readyAt = 0;
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    readyAt = performance.now();
  }
};

const toTensor = ({ data, shape }: Values): Tensor =>
  fromData(data, shape, data instanceof Int32Array ? "int32" : "float32");

function buildLayer(spec: Layer, rng: Rng): Module {
  switch (spec[0]) {
    case "linear":
      return new Linear(spec[1], spec[2], { rng });
    case "conv":
      if (spec[3] === 1) return new Conv1x1(spec[1], spec[2], { rng });
      return new Conv2d(spec[1], spec[2], spec[3], { padding: spec[4], rng });
    case "relu":
      return new ReLU();
    case "tanh":
      return new Tanh();
    case "sigmoid":
      return new Sigmoid();
    case "maxpool2":
      return new MaxPool2d(2);
    case "flatten":
      return new Flatten();
    case "globalAvgPool":
      return new GlobalAvgPool2d();
  }
}

function prepareNetwork(network: Network, { tensors, batches }: Data): Steps {
  const rng = new Rng(0);
  const model = new Sequential(...network.layers.map((spec) => buildLayer(spec, rng)));
  model.loadStateDict(Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, toTensor(values)])));
  const data = batches.map(({ x, y }) => [toTensor(x!), toTensor(y!)] as const);
  const batch = (i: number) => data[i % data.length]!;

  if (network.kind === "inference") {
    model.eval();
    const predict = compile((x: Tensor) => noGrad(() => model.forward(x)));
    return oneByOne((i) => meanSize(predict(batch(i)[0]).data));
  }

  const lossOf = network.loss === "mse" ? mseLoss : crossEntropy;
  const { lr } = network;
  const optimizer =
    network.optimizer === "sgd" ? new SGD(model.parameters(), { lr }) : new Adam(model.parameters(), { lr });
  const step = compile((x: Tensor, y: Tensor) => {
    const [loss, grads] = valueAndGrad(() => lossOf(model.forward(x), y), model.parameters());
    optimizer.step(grads);
    return loss;
  });
  return Object.assign(
    oneByOne((i) => step(...batch(i)).item()),
    {
      explain: () => step.explain(),
      readyAt: () => readyAt,
      wasmBytes: () => model.parameters()[0]!.data.buffer.byteLength, // parameters lie in the memory of compiled programs
    },
  );
}

const attrs = conv2dAttrs("conv2d", { padding: 1 }, [3, 3]);

const kernels: Record<Exclude<Kernel["kernel"], "add">, (a: Tensor, b: Tensor) => Tensor> = {
  matmul: (a, b) => matmul(a, b),
  convForward: (x, w) => conv2d(x, w, { padding: 1 }),
  convInputGrad: (dy, w) => apply(conv2dInputGradOp, [dy, w], { ...attrs, inputSize: [dy.shape[2]!, dy.shape[3]!] }),
  convWeightGrad: (x, dy) => apply(conv2dWeightGradOp, [dy, x], { ...attrs, kernelSize: [3, 3] }),
};

function prepareKernel({ kernel }: Kernel, { tensors }: Data): Steps {
  const [first, second] = Object.values(tensors).map(toTensor);
  if (kernel === "add") {
    const call = compile((x: Tensor) => add(x, 1));
    const size = meanSize(call(first!).data);
    return oneByOne(() => {
      call(first!);
      return size;
    });
  }
  const compute = () => kernels[kernel](first!, second!);
  // Captured, operands and result stay in the program's memory: what is measured is the kernel, not copies.
  const out = zeros(compute().shape);
  const call = compile(() => assign(out, compute()));
  call();
  const size = meanSize(out.data);
  return oneByOne(() => {
    call();
    return size;
  });
}

await serve({
  version: `Node ${process.versions.node}`,
  prepare: (workload, data) => {
    chooseEngine();
    return workload.kind === "kernel" ? prepareKernel(workload, data) : prepareNetwork(workload, data);
  },
});
