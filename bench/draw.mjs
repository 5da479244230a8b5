/** Weights and batches, drawn from a fixed seed, so that every peer starts from the same numbers. */

/**
 * @typedef {import("./workloads.mjs").Workload} Workload
 * @typedef {import("./workloads.mjs").Network} Network
 * @typedef {{ shape: number[], dtype: "float32" | "int32", base64: string }} Encoded
 */

const batchesCycled = 5;

/** What a worker is asked first. @param {Workload} workload */
export const preparation = (workload) => ({ do: "prepare", workload, ...draw(workload) });

/** @param {Workload} workload */
function draw(workload) {
  const random = mulberry32(20240229);
  if (workload.kind === "kernel") {
    const operands = Object.entries(workload.shapes).map(([name, shape]) => [name, normal(random, shape)]);
    return { tensors: Object.fromEntries(operands), batches: [] };
  }
  return {
    tensors: drawWeights(random, workload),
    batches: Array.from({ length: batchesCycled }, () => drawBatch(random, workload)),
  };
}

/**
 * Named, shaped and distributed as PyTorch's: uniform in ±1/√fanIn.
 * @param {() => number} random
 * @param {Network} network
 */
function drawWeights(random, network) {
  /** @type {Record<string, Encoded>} */
  const weights = {};
  network.layers.forEach((layer, i) => {
    if (layer[0] !== "linear" && layer[0] !== "conv") return;
    const [kind, inputs, outputs] = layer;
    const shape = kind === "conv" ? [outputs, inputs, layer[3], layer[3]] : [outputs, inputs];
    const bound = Math.sqrt(outputs / product(shape));
    const uniform = () => bound * (2 * random() - 1);
    weights[`${i}.weight`] = encode(shape, uniform);
    weights[`${i}.bias`] = encode([outputs], uniform);
  });
  return weights;
}

/**
 * @param {() => number} random
 * @param {Network} network
 */
function drawBatch(random, { samples, input, batch }) {
  switch (samples) {
    case "xor": {
      const bit = (/** @type {number} */ i) => [i & 1, i >> 1];
      let next = 0;
      const x = encode([batch, 2], () => bit(next >> 1)[next++ & 1]);
      let row = 0;
      return { x, y: encode([batch, 1], () => +(bit(row)[0] !== bit(row++)[1])) };
    }
    case "spiral": {
      const arms = Array.from({ length: batch }, () => Math.floor(3 * random()));
      const points = arms.flatMap((arm) => {
        const radius = random();
        const angle = 4 * radius + (arm * 2 * Math.PI) / 3 + 0.2 * (random() - 0.5);
        return [radius * Math.sin(angle), radius * Math.cos(angle)];
      });
      return { x: encode([batch, 2], (i) => points[i]), y: encode([batch], (i) => arms[i], "int32") };
    }
    case "noise":
      return {
        x: normal(random, [batch, ...input]),
        y: encode([batch], () => Math.floor(10 * random()), "int32"),
      };
  }
}

/**
 * @param {() => number} random
 * @param {number[]} shape
 */
function normal(random, shape) {
  return encode(shape, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

/**
 * @param {number[]} shape
 * @param {(i: number) => number} next
 * @param {"float32" | "int32"} dtype
 * @returns {Encoded}
 */
function encode(shape, next, dtype = "float32") {
  const values = new (dtype === "int32" ? Int32Array : Float32Array)(product(shape));
  for (let i = 0; i < values.length; i++) values[i] = next(i);
  return { shape, dtype, base64: Buffer.from(values.buffer).toString("base64") };
}

/** @param {number[]} shape */
const product = (shape) => shape.reduce((a, b) => a * b, 1);

/** Uniform in [0, 1). @param {number} seed */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
