/** TensorFlow.js: the core API, without its layers' overhead; backend "cpu" or "wasm" by argument. Pictures are NHWC, its fast layout. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { meanSize, oneByOne, serve } from "../serve.mjs";

/**
 * @typedef {import("../serve.mjs").Values} Values
 * @typedef {import("../workloads.mjs").Layer} Layer
 */

const require = createRequire(import.meta.url);

/** @param {Values} values */
const toTensor = ({ data, shape }) => tf.tensor(data, shape);

/** [N, C, H, W] becomes [N, H, W, C]. @param {tf.Tensor} x */
const toPictures = (x) => (x.rank === 4 ? tf.transpose(x, [0, 2, 3, 1]) : x);

/** [out, in, kH, kW] becomes [kH, kW, in, out]. @param {tf.Tensor} w */
const toFilters = (w) => tf.transpose(w, [2, 3, 1, 0]);

/**
 * A dense layer's weights are stored [in, out]; behind a flatten the inputs are reordered from C·H·W to H·W·C.
 * @param {Layer[]} layers
 * @param {Record<string, Values>} tensors
 */
function toVariables(layers, tensors) {
  /** @type {Record<number, { weight: tf.Variable, bias: tf.Variable }>} */
  const variables = {};
  let channels = 1;
  layers.forEach((layer, i) => {
    if (layer[0] !== "conv" && layer[0] !== "linear") return;
    const w = toTensor(tensors[`${i}.weight`]);
    const behindMaps = layers[i - 1]?.[0] === "flatten";
    const weight = layer[0] === "conv" ? toFilters(w) : behindMaps ? denseOverMaps(w, channels) : tf.transpose(w);
    variables[i] = { weight: tf.variable(weight), bias: tf.variable(toTensor(tensors[`${i}.bias`])) };
    channels = layer[2];
  });
  return variables;
}

/**
 * @param {tf.Tensor} w [out, C·H·W] of square maps
 * @param {number} channels
 */
function denseOverMaps(w, channels) {
  const [out, inputs] = w.shape;
  const size = Math.sqrt(inputs / channels);
  return tf.reshape(tf.transpose(tf.reshape(w, [out, channels, size, size]), [2, 3, 1, 0]), [inputs, out]);
}

/**
 * The fused forms are what its own layers use.
 * @param {Layer[]} layers
 * @param {Record<number, { weight: tf.Variable, bias: tf.Variable }>} variables
 * @param {tf.Tensor} input
 */
function forward(layers, variables, input) {
  return layers.reduce((/** @type {any} its ops want the rank in the type */ x, layer, i) => {
    const activation = layers[i + 1]?.[0] === "relu" ? "relu" : "linear";
    const { weight, bias } = variables[i] ?? {};
    switch (layer[0]) {
      case "linear":
        return tf.fused.matMul({ a: x, b: weight, bias, activation });
      case "conv":
        return tf.fused.conv2d({ x, filter: asFilter(weight), strides: 1, pad: layer[4], bias, activation });
      case "relu":
        return x; // fused into the layer before it
      case "maxpool2":
        return tf.maxPool(x, 2, 2, "valid");
      case "globalAvgPool":
        return tf.mean(x, [1, 2]);
      case "flatten":
        return tf.reshape(x, [x.shape[0], -1]);
      case "tanh":
        return tf.tanh(x);
      default: // "sigmoid"
        return tf.sigmoid(x);
    }
  }, input);
}

/** @param {tf.Tensor} w */
const asFilter = (w) => /** @type {tf.Tensor4D} `toFilters` made it */ (w);

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {import("../serve.mjs").Data} data
 */
function prepareNetwork(network, { tensors, batches }) {
  const { layers, lr } = network;
  const variables = toVariables(layers, tensors);
  const data = batches.map(({ x, y }) => ({ x: toPictures(toTensor(x)), y: toTargets(network, y) }));

  if (network.kind === "inference") {
    return oneByOne((i) => tf.tidy(() => meanSize(forward(layers, variables, data[i % data.length].x).dataSync())));
  }
  const optimizer = network.optimizer === "sgd" ? tf.train.sgd(lr) : tf.train.adam(lr, 0.9, 0.999, 1e-8);
  const lossOf = network.loss === "mse" ? tf.losses.meanSquaredError : tf.losses.softmaxCrossEntropy;
  return oneByOne((i) => {
    const { x, y } = data[i % data.length];
    /** @returns {tf.Scalar} */
    const loss = () => lossOf(y, forward(layers, variables, x));
    return tf.tidy(
      () => /** @type {tf.Scalar} it is asked to return it */ (optimizer.minimize(loss, true)).dataSync()[0],
    );
  });
}

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {Values} y
 */
function toTargets({ loss, layers }, y) {
  if (loss === "mse") return toTensor(y);
  const classes = Number(layers.findLast(([kind]) => kind === "linear" || kind === "conv")?.[2]);
  return tf.cast(tf.oneHot(tf.tensor1d(y.data, "int32"), classes), "float32");
}

/**
 * @param {import("../workloads.mjs").Kernel} kernel
 * @param {Record<string, Values>} tensors
 */
function prepareKernel({ kernel }, tensors) {
  const toOperand = (/** @type {string} */ name) => {
    const x = toTensor(tensors[name]);
    return name === "w" ? toFilters(x) : toPictures(x);
  };
  const [a, b] = Object.keys(tensors).map((name) => /** @type {tf.Tensor4D} or a matrix */ (toOperand(name)));
  const attrs = { strides: 1, pad: 1, dataFormat: "NHWC" };
  const call = {
    matmul: () => tf.matMul(a, b),
    convForward: () => tf.conv2d(a, b, 1, 1),
    convInputGrad: () => runKernel("Conv2DBackpropInput", { dy: a, filter: b }, { ...attrs, inputShape: a.shape }),
    convWeightGrad: () => runKernel("Conv2DBackpropFilter", { x: a, dy: b }, { ...attrs, filterShape: [3, 3, 32, 32] }),
    add: () => tf.add(a, 1),
  }[kernel];
  const size = meanSize(call().dataSync());
  return oneByOne(() => {
    tf.dispose(call());
    return size;
  });
}

/**
 * The gradients' kernels have no functions of their own in the public API.
 * @param {string} name
 * @param {Record<string, tf.Tensor>} inputs
 * @param {import("@tensorflow/tfjs").NamedAttrMap} attrs
 */
function runKernel(name, inputs, attrs) {
  return /** @type {tf.Tensor} these kernels have one output */ (tf.engine().runKernel(name, inputs, attrs));
}

setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
setThreadsCount(1);
await tf.setBackend(process.argv[2]);
const { version } = JSON.parse(readFileSync(require.resolve("@tensorflow/tfjs/package.json"), "utf8"));
await serve({
  version,
  prepare: (workload, data) =>
    workload.kind === "kernel" ? prepareKernel(workload, data.tensors) : prepareNetwork(workload, data),
});
