/** jax-js on its WebAssembly backend: the whole step, Adam included, in one `jit`. Its functions own their arguments; `.ref` keeps one. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad, vjp } from "@jax-js/jax";
import { meanSize, oneByOne, serve } from "../serve.mjs";

/**
 * @typedef {import("../serve.mjs").Values} Values
 * @typedef {import("@jax-js/jax").Array} Array
 * @typedef {Record<string, Array>} Arrays
 */

/** @param {Values} values */
const toArray = ({ data, shape }) => np.array(data).reshape(shape);

/** @param {Record<string, Values>} values */
const toArrays = (values) => Object.fromEntries(Object.entries(values).map(([name, v]) => [name, toArray(v)]));

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
      case "conv": {
        const padding = layer[4];
        const maps = lax.conv(
          x,
          weight,
          [1, 1],
          [
            [padding, padding],
            [padding, padding],
          ],
        );
        return maps.add(bias.reshape([1, layer[2], 1, 1]));
      }
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

/**
 * One step as a function of all that it changes: parameters and both averages of Adam, and the powers of the betas.
 * @param {import("../workloads.mjs").Network} network
 */
const stepOf = (network) =>
  jit(
    (
      /** @type {{ params: Arrays, mean: Arrays, square: Arrays, powers: Array }} */ state,
      /** @type {Array} */ x,
      /** @type {Array} */ y,
    ) => {
      const { params, mean, square, powers } = state;
      const [loss, grads] = valueAndGrad((/** @type {Arrays} */ p) => lossOf(network, p, x, y))(tree.ref(params));
      if (network.optimizer === "sgd") {
        const next = tree.map(
          (/** @type {Array} */ p, /** @type {Array} */ g) => p.sub(g.mul(network.lr)),
          params,
          grads,
        );
        return { loss, next: { params: next, mean, square, powers } };
      }
      const grown = powers.mul(np.array([beta1, beta2]));
      const [scale1, scale2] = [np.array(1).sub(grown.ref.slice(0)), np.array(1).sub(grown.ref.slice(1))];
      /** @type {Record<"params" | "mean" | "square", Arrays>} */
      const next = { params: {}, mean: {}, square: {} };
      for (const [name, p] of Object.entries(params)) {
        const g = grads[name];
        const m = mean[name].mul(beta1).add(g.ref.mul(1 - beta1));
        const s = square[name].mul(beta2).add(np.square(g).mul(1 - beta2));
        const divisor = np.sqrt(s.ref.div(scale2.ref)).add(eps);
        next.params[name] = p.sub(m.ref.div(scale1.ref).div(divisor).mul(network.lr));
        next.mean[name] = m;
        next.square[name] = s;
      }
      scale1.dispose();
      scale2.dispose();
      return { loss, next: { ...next, powers: grown } };
    },
  );

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
  let state = { params, mean: zeros(), square: zeros(), powers: np.array([1, 1]) };
  const step = stepOf(network);
  return oneByOne((i) => {
    const { x, y } = data[i % data.length];
    const { loss, next } = step(state, x.ref, y.ref);
    state = next;
    return loss.item();
  });
}

/** @type {[number, number][]} */
const padding = [
  [1, 1],
  [1, 1],
];
const conv = (/** @type {Array} */ x, /** @type {Array} */ w) => lax.conv(x, w, [1, 1], padding);

/**
 * @param {import("../workloads.mjs").Kernel} kernel
 * @param {Record<string, Values>} tensors
 */
async function prepareKernel({ kernel }, tensors) {
  const call = jit(
    {
      matmul: (/** @type {Arrays} */ { a, b }) => np.matmul(a, b),
      convForward: (/** @type {Arrays} */ { x, w }) => conv(x, w),
      convInputGrad: (/** @type {Arrays} */ { dy, w }) => pullBack((x) => conv(x, w.ref), np.zeros(dy.shape), dy),
      convWeightGrad: (/** @type {Arrays} */ { x, dy }) =>
        pullBack((w) => conv(x.ref, w), np.zeros([32, 32, 3, 3]), dy),
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
