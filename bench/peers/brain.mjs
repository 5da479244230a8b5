/**
 * brain.js. It trains sample by sample, with one activation for all layers and a momentum that cannot be 0: the nearest it comes to
 * the XOR network is sigmoid in both layers. A step is one pass over the four samples.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import brain from "brain.js";
import { Cannot, serve } from "../serve.mjs";

const require = createRequire(import.meta.url);

/** @type {import("../serve.mjs").Peer["prepare"]} */
function prepare(workload, { tensors, batches }) {
  if (workload.kind !== "training" || workload.samples !== "xor") throw new Cannot("only measured on W1");
  /** @type {any} its types leave out what is set here */
  const net = new brain.NeuralNetwork({ hiddenLayers: [8], activation: "sigmoid" });
  const [{ x, y }] = batches;
  const samples = Array.from(y.data, (target, i) => ({ input: [...x.data.slice(2 * i, 2 * i + 2)], output: [target] }));
  net.sizes = [2, 8, 1];
  net.initialize();
  for (const [layer, name] of [
    [1, "0"],
    [2, "2"],
  ]) {
    const { shape, data } = tensors[`${name}.weight`];
    for (let out = 0; out < shape[0]; out++) {
      net.weights[layer][out] = [...data.slice(out * shape[1], (out + 1) * shape[1])];
    }
    net.biases[layer] = [...tensors[`${name}.bias`].data];
  }
  return (_first, count) =>
    net.train(samples, { iterations: count, learningRate: workload.lr, momentum: 1e-9, errorThresh: 1e-12 }).error;
}

await serve({ version: JSON.parse(readFileSync(require.resolve("brain.js/package.json"), "utf8")).version, prepare });
