/**
 * ConvNetJS, sample by sample. It has no Adam; Adadelta, with as many running averages, takes its place. Its volumes are laid out
 * H·W·C.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import convnetjs from "convnetjs";
import { Cannot, serve } from "../serve.mjs";

/**
 * @typedef {import("../serve.mjs").Values} Values
 * @typedef {import("../workloads.mjs").Layer} Layer
 */

const require = createRequire(import.meta.url);

/** @type {import("../serve.mjs").Peer["prepare"]} */
function prepare(workload, { tensors, batches }) {
  if (workload.kind !== "training") throw new Cannot("only measured in training");
  if (workload.loss !== "crossEntropy") throw new Cannot("no squared error behind a sigmoid");
  if (workload.layers.some(([kind]) => kind === "globalAvgPool")) throw new Cannot("no global average pool");
  const net = new convnetjs.Net();
  net.makeLayers(definitions(workload));
  loadWeights(net, workload.layers, tensors);
  const trainer = new convnetjs.Trainer(net, { method: "adadelta", batch_size: workload.batch, ro: 0.95, eps: 1e-6 });
  const data = batches.map(({ x, y }) => ({ x: toVolumes(x), y: y.data }));
  return (first, count) => {
    let loss = 0;
    for (let i = first; i < first + count; i++) {
      const { x, y } = data[i % data.length];
      loss = 0;
      for (let sample = 0; sample < x.length; sample++) loss += trainer.train(x[sample], y[sample]).cost_loss;
      loss /= x.length;
    }
    return loss;
  };
}

/**
 * The sizes of a sample: channels, height, width.
 * @param {number[]} shape
 */
const sizesOf = ([depth, height = 1, width = 1]) => [depth, height, width];

/**
 * @param {import("../workloads.mjs").Network} network
 * @returns {object[]}
 */
function definitions({ layers, input }) {
  const [depth, height, width] = sizesOf(input);
  /** @returns {object[]} */
  const define = (/** @type {Layer} */ layer, /** @type {number} */ i) => {
    const activation = layers[i + 1]?.[0] === "relu" ? "relu" : undefined;
    switch (layer[0]) {
      case "conv":
        return [{ type: "conv", sx: layer[3], filters: layer[2], stride: 1, pad: layer[4], activation }];
      case "maxpool2":
        return [{ type: "pool", sx: 2, stride: 2 }];
      case "linear":
        if (i === layers.length - 1) return [{ type: "softmax", num_classes: layer[2] }]; // with a dense layer of its own
        return [{ type: "fc", num_neurons: layer[2], activation }];
      default:
        return [];
    }
  };
  return [{ type: "input", out_sx: width, out_sy: height, out_depth: depth }, ...layers.flatMap(define)];
}

/**
 * Filters [C, H, W] become [H, W, C]; a dense layer behind a flatten sees its inputs as maps.
 * @param {any} net
 * @param {Layer[]} layers
 * @param {Record<string, Values>} tensors
 */
function loadWeights(net, layers, tensors) {
  const weighted = net.layers.filter((/** @type {any} */ layer) => layer.filters);
  let maps = 1;
  layers.forEach((layer, i) => {
    if (layer[0] !== "conv" && layer[0] !== "linear") return;
    const { filters, biases } = weighted.shift();
    const { data } = tensors[`${i}.weight`];
    const size = data.length / filters.length;
    const channels = layers[i - 1]?.[0] === "flatten" ? maps : layer[1];
    for (const [out, filter] of filters.entries()) {
      filter.w.set(channelsLast(data.subarray(out * size, (out + 1) * size), channels));
    }
    biases.w.set(tensors[`${i}.bias`].data);
    maps = layer[2];
  });
}

/** @param {Values} pictures [N, C, H, W] or [N, C] */
function toVolumes({ data, shape: [count, ...sample] }) {
  const [depth, height, width] = sizesOf(sample);
  const size = depth * height * width;
  return Array.from({ length: count }, (_, i) => {
    const volume = new convnetjs.Vol(width, height, depth, 0);
    volume.w.set(channelsLast(data.subarray(i * size, (i + 1) * size), depth));
    return volume;
  });
}

/**
 * @param {Values["data"]} values [C, pixels]
 * @param {number} channels
 */
function channelsLast(values, channels) {
  const pixels = values.length / channels;
  return values.map((_, i) => values[(i % channels) * pixels + Math.floor(i / channels)]);
}

await serve({ version: JSON.parse(readFileSync(require.resolve("convnetjs/package.json"), "utf8")).version, prepare });
