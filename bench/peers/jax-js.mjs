/** jax-js on its WebAssembly backend: the whole step, Adam included, in one `jit`. Its functions own their arguments; `.ref` keeps one. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad, vjp } from "@jax-js/jax";
import { meanSize, oneByOne, serve } from "../serve.mjs";

/**
 * @typedef {import("../serve.mjs").Values} Values
 * @typedef {np.Array} Array
 * @typedef {Record<string, Array>} Arrays
 */

/** @param {Values} values */
const toArray = ({ data, shape }) => np.array(data).reshape(shape);

/** @param {Record<string, Values>} values */
const toArrays = (values) => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, toArray(v)]));

/**
 * @param {Array} x
 * @param {Array} w
 * @param {number} padding on all sides
 */
const conv = (x, w, padding) =>
  lax.conv(
    x,
    w,
    [1, 1],
    [
      [padding, padding],
      [padding, padding],
    ],
  );

/**
 * @param {import("../workloads.mjs").Layer[]} layers
 * @param {Arrays} params
 * @param {Array} input
 */
function forward(layers, params, input) {
  return layers.reduce((x, layer, i) => {
    const [weight, bias] = [params[`${i}.weight`], params[`${i}.bias`]];
    const [n, c, h, w] = x.shape;
    switch (layer[0]) {
      case "linear":
        return np.matmul(x, weight.transpose()).add(bias);
      case "conv":
        return conv(x, weight, layer[4]).add(bias.reshape([1, layer[2], 1, 1]));
      case "maxpool2":
        return np.max(x.reshape([n, c, h / 2, 2, w / 2, 2]), [3, 5]);
      case "globalAvgPool":
        return np.mean(x, [2, 3]);
      case "flatten":
        return x.reshape([n, c * h * w]);
      case "tanh":
        return np.tanh(x);
      default:
        return nn[layer[0]](x);
    }
  }, input);
}

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {Arrays} params
 * @param {Array} x
 * @param {Array} y
 */
function lossOf(network, params, x, y) {
  const out = forward(network.layers, params, x);
  if (network.loss === "mse") return np.mean(np.square(out.sub(y)));
  const [batch, classes] = out.shape;
  return np.sum(nn.logSoftmax(out, -1).mul(nn.oneHot(y, classes))).mul(-1 / batch);
}

const [beta1, beta2, eps] = [0.9, 0.999, 1e-8];

/** @typedef {{ params: Arrays, mean: Arrays, square: Arrays, powers: Array }} State of training; `powers` are those of the betas */

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {State} state
 * @param {Array} x
 * @param {Array} y
 */
function trainStep(network, { params, ...rest }, x, y) {
  const [loss, grads] = valueAndGrad((/** @type {Arrays} */ p) => lossOf(network, p, x, y))(tree.ref(params));
  if (network.optimizer === "adam") return { loss, next: adam({ params, ...rest }, grads, network.lr) };
  const update = (/** @type {Array} */ p, /** @type {Array} */ g) => p.sub(g.mul(network.lr));
  return { loss, next: { params: tree.map(update, params, grads), ...rest } };
}

/**
 * @param {State} state
 * @param {Arrays} grads
 * @param {number} lr
 */
function adam({ params, mean, square, powers }, grads, lr) {
  const grown = powers.mul(np.array([beta1, beta2]));
  const [scale1, scale2] = [0, 1].map((i) => np.array(1).sub(grown.ref.slice(i)));
  /** @type {State} */
  const next = { params: {}, mean: {}, square: {}, powers: grown };
  for (const [name, p] of Object.entries(params)) {
    const g = grads[name];
    const m = mean[name].mul(beta1).add(g.ref.mul(1 - beta1));
    const s = square[name].mul(beta2).add(np.square(g).mul(1 - beta2));
    const divisor = np.sqrt(s.ref.div(scale2.ref)).add(eps);
    next.params[name] = p.sub(m.ref.div(scale1.ref).div(divisor).mul(lr));
    next.mean[name] = m;
    next.square[name] = s;
  }
  scale1.dispose();
  scale2.dispose();
  return next;
}

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {import("../serve.mjs").Data} data
 */
function prepareNetwork(network, { tensors, batches }) {
  const data = batches.map(toArrays);
  const params = toArrays(tensors);
  if (network.kind === "inference") {
    const predict = jit((/** @type {Arrays} */ p, /** @type {Array} */ x) => forward(network.layers, p, x));
    return oneByOne((i) => meanSize(predict(tree.ref(params), data[i % data.length].x.ref).dataSync()));
  }
  const zeros = () => tree.map((/** @type {Array} */ p) => np.zeros(p.shape), params);
  /** @type {State} */
  let state = { params, mean: zeros(), square: zeros(), powers: np.array([1, 1]) };
  const step = jit((/** @type {State} */ s, /** @type {Array} */ x, /** @type {Array} */ y) =>
    trainStep(network, s, x, y),
  );
  return oneByOne((i) => {
    const { x, y } = data[i % data.length];
    const { loss, next } = step(state, x.ref, y.ref);
    state = next;
    return loss.item();
  });
}

/**
 * @param {import("../workloads.mjs").Kernel} kernel
 * @param {Record<string, Values>} tensors
 */
async function prepareKernel({ kernel }, tensors) {
  const call = jit(
    {
      matmul: (/** @type {Arrays} */ { a, b }) => np.matmul(a, b),
      convForward: (/** @type {Arrays} */ { x, w }) => conv(x, w, 1),
      convInputGrad: (/** @type {Arrays} */ { dy, w }) => pullBack((x) => conv(x, w.ref, 1), np.zeros(dy.shape), dy),
      convWeightGrad: (/** @type {Arrays} */ { x, dy }) =>
        pullBack((w) => conv(x.ref, w, 1), np.zeros([32, 32, 3, 3]), dy),
      add: (/** @type {Arrays} */ { x }) => x.add(1),
    }[kernel],
  );
  const operands = toArrays(tensors);
  const size = meanSize(call(tree.ref(operands)).dataSync());
  return async (/** @type {number} */ _first, /** @type {number} */ count) => {
    for (let i = 0; i < count; i++) {
      const out = call(tree.ref(operands));
      await out.blockUntilReady();
      out.dispose();
    }
    return size;
  };
}

/**
 * The gradient of `fn` at `at`, for the gradient `dy` of its value.
 * @param {(x: Array) => Array} fn
 * @param {Array} at
 * @param {Array} dy
 */
function pullBack(fn, at, dy) {
  const [out, pull] = vjp(fn, [at]);
  out.dispose();
  const [gradient] = pull(dy);
  return gradient;
}

await init("wasm");
defaultDevice("wasm");
const entry = createRequire(import.meta.url).resolve("@jax-js/jax");
const { version } = JSON.parse(readFileSync(new URL("../package.json", `file://${entry}`), "utf8"));
await serve({
  version,
  prepare: (workload, data) =>
    workload.kind === "kernel" ? prepareKernel(workload, data.tensors) : prepareNetwork(workload, data),
});
