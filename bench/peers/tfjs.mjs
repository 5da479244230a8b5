/** TensorFlow.js: the core API, without the overhead of its layers; backend "cpu" or "wasm" by argument. Pictures are NHWC, its fast layout. */
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
const backend = process.argv[2] ?? "cpu";

/** Pictures [N, C, H, W] become [N, H, W, C], filters [out, in, kH, kW] become [kH, kW, in, out]. */
const toTensor = (/** @type {Values} */ { data, shape }) => tf.tensor(data, shape);
const toPictures = (/** @type {tf.Tensor} */ x) => (x.rank === 4 ? tf.transpose(x, [0, 2, 3, 1]) : x);
const toFilters = (/** @type {tf.Tensor} */ w) => tf.transpose(w, [2, 3, 1, 0]);

/**
 * The dense layers' weights are stored [in, out]; behind a flatten the inputs are reordered from C·H·W to H·W·C.
 * @param {Layer[]} layers
 * @param {Record<string, Values>} tensors
 */
function toVariables(layers, tensors) {
  let channels = 0;
  return layers.map((layer, i) => {
    const [weight, bias] = [tensors[`${i}.weight`], tensors[`${i}.bias`]];
    if (layer[0] === "conv") channels = layer[2];
    if (!weight || !bias) return undefined;
    let w = toTensor(weight);
    if (layer[0] === "conv") w = toFilters(w);
    else if (layers[i - 1]?.[0] === "flatten") {
      const [out, size] = [weight.shape[0] ?? 0, Math.sqrt((weight.shape[1] ?? 0) / channels)];
      w = tf.reshape(tf.transpose(tf.reshape(w, [out, channels, size, size]), [2, 3, 1, 0]), [-1, out]);
    } else w = tf.transpose(w);
    return { weight: tf.variable(w), bias: tf.variable(toTensor(bias)) };
  });
}

/** @type {import("../serve.mjs").Peer["prepare"]} */
function prepare(workload, { tensors, batches }) {
  tf.disposeVariables();
  return workload.kind === "kernel" ? prepareKernel(workload, tensors) : prepareNetwork(workload, tensors, batches);
}

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {Record<string, Values>} tensors
 * @param {Record<string, Values>[]} batches
 */
function prepareNetwork(network, tensors, batches) {
  const { layers } = network;
  const variables = toVariables(layers, tensors);
  /** @param {tf.Tensor} input */
  const forward = (input) =>
    layers.reduce((x, layer, i) => {
      const { weight, bias } = variables[i] ?? {};
      switch (layer[0]) {
        case "linear":
          return tf.add(tf.matMul(x, /** @type {tf.Variable} */ (weight)), /** @type {tf.Variable} */ (bias));
        case "conv":
          return tf.add(
            tf.conv2d(
              /** @type {tf.Tensor4D} */ (x),
              /** @type {tf.Tensor4D} */ (/** @type {unknown} */ (weight)),
              1,
              "same",
            ),
            /** @type {tf.Variable} */ (bias),
          );
        case "maxpool2":
          return tf.maxPool(/** @type {tf.Tensor4D} */ (x), 2, 2, "valid");
        case "globalAvgPool":
          return tf.mean(x, [1, 2]);
        case "flatten":
          return tf.reshape(x, [x.shape[0] ?? 0, -1]);
        default:
          return tf[layer[0]](x);
      }
    }, input);

  const data = batches.map(({ x, y }) => ({
    x: tf.keep(tf.tidy(() => toPictures(toTensor(/** @type {Values} */ (x))))),
    y: tf.keep(tf.tidy(() => targets(network, /** @type {Values} */ (y)))),
  }));
  const batch = (/** @type {number} */ i) => /** @type {{ x: tf.Tensor, y: tf.Tensor }} */ (data[i % data.length]);

  if (network.kind === "inference") {
    return oneByOne((i) => tf.tidy(() => meanSize(forward(batch(i).x).dataSync())));
  }
  const optimizer =
    network.optimizer === "sgd" ? tf.train.sgd(network.lr) : tf.train.adam(network.lr, 0.9, 0.999, 1e-8);
  /** @param {{ x: tf.Tensor, y: tf.Tensor }} batch */
  const lossOf = ({ x, y }) => {
    const out = forward(x);
    return /** @type {tf.Scalar} */ (
      network.loss === "mse" ? tf.losses.meanSquaredError(y, out) : tf.losses.softmaxCrossEntropy(y, out)
    );
  };
  return oneByOne((i) =>
    tf.tidy(
      () => /** @type {tf.Scalar} */ (optimizer.minimize(() => lossOf(batch(i)), true)).dataSync()[0] ?? Number.NaN,
    ),
  );
}

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {Values} y
 */
const targets = ({ loss, layers }, y) =>
  loss === "mse" ? toTensor(y) : tf.oneHot(tf.tensor1d(y.data, "int32"), classesOf(layers));

/** @param {Layer[]} layers */
const classesOf = (layers) => Number(layers.findLast(([kind]) => kind === "linear" || kind === "conv")?.[2]);

/**
 * @param {import("../workloads.mjs").Kernel} kernel
 * @param {Record<string, Values>} tensors
 */
function prepareKernel({ kernel }, tensors) {
  const operands = Object.fromEntries(
    Object.entries(tensors).map(([name, values]) => {
      const x = toTensor(values);
      if (kernel === "matmul") return [name, x];
      return [name, name === "w" ? toFilters(x) : toPictures(x)];
    }),
  );
  const { a, b, x, w, dy } = /** @type {Record<string, tf.Tensor4D>} */ (operands);
  const gradient = { strides: 1, pad: 1, dataFormat: "NHWC", dimRoundingMode: undefined };
  const call = {
    matmul: () => tf.matMul(/** @type {tf.Tensor} */ (a), /** @type {tf.Tensor} */ (b)),
    convForward: () => tf.conv2d(/** @type {tf.Tensor4D} */ (x), /** @type {tf.Tensor4D} */ (w), 1, 1),
    convInputGrad: () => runKernel("Conv2DBackpropInput", { dy, filter: w }, { ...gradient, inputShape: dy?.shape }),
    convWeightGrad: () => runKernel("Conv2DBackpropFilter", { x, dy }, { ...gradient, filterShape: [3, 3, 32, 32] }),
  }[kernel];
  const size = tf.tidy(() => meanSize(call().dataSync()));
  return oneByOne(() => {
    tf.dispose(call());
    return size;
  });
}

/**
 * The gradients' kernels have no functions of their own in the public API.
 * @param {string} name
 * @param {object} inputs
 * @param {object} attrs
 */
const runKernel = (name, inputs, attrs) =>
  /** @type {tf.Tensor} */ (tf.engine().runKernel(name, /** @type {any} */ (inputs), /** @type {any} */ (attrs)));

setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
setThreadsCount(1);
tf.env().set("WASM_HAS_SIMD_SUPPORT", true);
await tf.setBackend(backend);
await tf.ready();
const { version } = JSON.parse(readFileSync(require.resolve("@tensorflow/tfjs/package.json"), "utf8"));
await serve({ version: `${version} (${tf.getBackend()})`, prepare });
