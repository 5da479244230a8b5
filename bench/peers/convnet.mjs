/**
 * ConvNetJS, sample by sample. It has no Adam; Adadelta, with as many running averages, takes its place. Its volumes are laid out
 * H·W·C.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import convnetjs from "convnetjs";
import { Cannot, serve } from "../serve.mjs";

const require = createRequire(import.meta.url);

/** @type {import("../serve.mjs").Peer["prepare"]} */
function prepare(workload, { tensors, batches }) {
  if (workload.kind === "kernel" || workload.kind === "inference") throw new Cannot("only measured in training");
  if (workload.loss !== "crossEntropy") throw new Cannot("no squared error behind a sigmoid");
  const unknown = workload.layers.find(([kind]) => kind === "globalAvgPool");
  if (unknown) throw new Cannot("no global average pool");
  const { net, weighted } = build(workload);
  loadWeights(weighted, workload.layers, tensors);
  const trainer = new convnetjs.Trainer(net, { method: "adadelta", batch_size: workload.batch, ro: 0.95, eps: 1e-6 });
  const data = batches.map(({ x, y }) => ({ x: toVolumes(x, workload.input), y: y.data }));
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

/** @param {import("../workloads.mjs").Network} network */
function build({ layers, input }) {
  const [depth, height, width] = input.length === 3 ? input : [input[0], 1, 1];
  const definitions = [{ type: "input", out_sx: width, out_sy: height, out_depth: depth }];
  layers.forEach((layer, i) => {
    const activation = layers[i + 1]?.[0] === "relu" ? "relu" : undefined;
    if (layer[0] === "conv") {
      definitions.push({ type: "conv", sx: layer[3], filters: layer[2], stride: 1, pad: layer[4], activation });
    }
    if (layer[0] === "maxpool2") definitions.push({ type: "pool", sx: 2, stride: 2 });
    if (layer[0] === "linear") {
      const last = i === layers.length - 1; // its softmax brings a dense layer of its own
      definitions.push(
        last ? { type: "softmax", num_classes: layer[2] } : { type: "fc", num_neurons: layer[2], activation },
      );
    }
  });
  const net = new convnetjs.Net();
  net.makeLayers(definitions);
  return { net, weighted: net.layers.filter((layer) => layer.filters) };
}

/** Filters [C, H, W] become [H, W, C]; a dense layer behind a flatten sees its inputs as maps. */
function loadWeights(weighted, layers, tensors) {
  let [next, channels] = [0, 1];
  layers.forEach((layer, i) => {
    const weight = tensors[`${i}.weight`];
    if (!weight) return;
    const { filters, biases } = weighted[next++];
    const size = weight.data.length / filters.length;
    if (layer[0] === "conv") channels = layer[1];
    else if (layers[i - 1]?.[0] !== "flatten") channels = size;
    filters.forEach((filter, out) => {
      filter.w.set(channelsLast(weight.data.subarray(out * size, (out + 1) * size), channels));
    });
    biases.w.set(tensors[`${i}.bias`].data);
    if (layer[0] === "conv") channels = layer[2];
  });
}

function toVolumes({ data, shape }, input) {
  const [depth, height, width] = input.length === 3 ? input : [input[0], 1, 1];
  const size = depth * height * width;
  return Array.from({ length: shape[0] }, (_, i) => {
    const volume = new convnetjs.Vol(width, height, depth, 0);
    volume.w.set(channelsLast(data.subarray(i * size, (i + 1) * size), depth));
    return volume;
  });
}

function channelsLast(values, channels) {
  const pixels = values.length / channels;
  return values.map((_, i) => values[(i % channels) * pixels + Math.floor(i / channels)]);
}

await serve({ version: JSON.parse(readFileSync(require.resolve("convnetjs/package.json"), "utf8")).version, prepare });
