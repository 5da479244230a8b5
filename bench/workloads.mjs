/**
 * What is measured, as data that every peer builds from.
 *
 * @typedef {["linear", number, number]
 *   | ["conv", number, number, number, number]
 *   | ["relu" | "tanh" | "sigmoid" | "maxpool2" | "flatten" | "globalAvgPool"]} Layer linear: in, out; conv: in, out, kernel size, padding
 * @typedef {object} Network
 * @property {"training" | "inference"} kind
 * @property {Layer[]} layers
 * @property {number[]} input the shape of one sample
 * @property {number} batch
 * @property {"mse" | "crossEntropy"} loss
 * @property {"sgd" | "adam"} optimizer
 * @property {number} lr
 * @property {"xor" | "spiral" | "noise"} samples
 * @typedef {object} Kernel
 * @property {"kernel"} kind
 * @property {"matmul" | "convForward" | "convInputGrad" | "convWeightGrad" | "add"} kernel
 * @property {number} flops of one call
 * @property {Record<string, number[]>} shapes of its operands
 * @typedef {{ name: string, table: string, title: string } & (Network | Kernel)} Workload
 */

const digits = { input: [1, 28, 28], samples: /** @type {const} */ ("noise") };
const classifier = /** @type {const} */ ({ loss: "crossEntropy", optimizer: "adam", lr: 1e-3, batch: 64 });

/** @type {Layer[]} */
const cnn = [
  ["conv", 1, 16, 5, 2],
  ["relu"],
  ["maxpool2"],
  ["conv", 16, 32, 3, 1],
  ["relu"],
  ["maxpool2"],
  ["flatten"],
  ["linear", 1568, 10],
];

/** @type {Layer[]} */
const pointwiseCnn = [
  ["conv", 1, 32, 3, 1],
  ["relu"],
  ["conv", 32, 64, 1, 0],
  ["relu"],
  ["maxpool2"],
  ["conv", 64, 10, 1, 0],
  ["globalAvgPool"],
];

/**
 * Dense layers of the given widths with ReLUs between.
 * @param {number[]} widths
 * @returns {Layer[]}
 */
const mlp = (...widths) =>
  widths.slice(1).flatMap((width, i) => {
    /** @type {Layer} */
    const linear = ["linear", widths[i], width];
    return i === 0 ? [linear] : [["relu"], linear];
  });

/** @type {Workload[]} */
const training = [
  {
    name: "W1",
    title: "XOR MLP 2-8-1, tanh and sigmoid, MSE, batch 4, SGD",
    layers: [["linear", 2, 8], ["tanh"], ["linear", 8, 1], ["sigmoid"]],
    ...{ input: [2], batch: 4, loss: "mse", optimizer: "sgd", lr: 0.5, samples: "xor" },
  },
  {
    name: "W2",
    title: "spiral MLP 2-64-64-3, batch 64, Adam",
    layers: mlp(2, 64, 64, 3),
    ...{ ...classifier, input: [2], samples: "spiral" },
  },
  {
    name: "W3",
    title: "digits MLP 784-128-10, batch 64, Adam",
    layers: mlp(784, 128, 10),
    ...{ ...classifier, ...digits, input: [784] },
  },
  {
    name: "W4",
    title: "CNN conv 5×5 1→16, pool, conv 3×3 16→32, pool, linear 1568→10, batch 64, Adam",
    layers: cnn,
    ...{ ...classifier, ...digits },
  },
  {
    name: "W5",
    title: "CNN conv 3×3 1→32, conv 1×1 32→64, pool, conv 1×1 64→10, global average pool, batch 64, Adam",
    layers: pointwiseCnn,
    ...{ ...classifier, ...digits },
  },
].map((w) => /** @type {Workload} */ ({ ...w, kind: "training", table: "Training" }));

/** @type {Workload[]} */
const inference = [1, 64].map((batch) => ({
  name: `W6-${batch}`,
  title: `the CNN of W4, forward only, batch ${batch}`,
  table: "Inference",
  ...{ ...classifier, ...digits, kind: "inference", layers: cnn, batch },
}));

const [pictures, channels, size] = [32, 32, 28];
const maps = [pictures, channels, size, size];
const filters = [channels, channels, 3, 3];

/** @type {Workload[]} */
const kernels = [
  ...[64, 128, 256, 512, 1024].map((n) => ({
    name: `matmul-${n}`,
    title: `product of two ${n}×${n} matrices`,
    ...{ kernel: "matmul", flops: 2 * n ** 3, shapes: { a: [n, n], b: [n, n] } },
  })),
  ...[
    { name: "conv-forward", title: "forward", kernel: "convForward", shapes: { x: maps, w: filters } },
    { name: "conv-dx", title: "gradient by the input", kernel: "convInputGrad", shapes: { dy: maps, w: filters } },
    { name: "conv-dw", title: "gradient by the weights", kernel: "convWeightGrad", shapes: { x: maps, dy: maps } },
  ].map((w) => ({
    ...w,
    title: `conv 3×3 pad 1, 32 pictures 28×28, 32→32 channels: ${w.title}`,
    flops: 2 * pictures * size ** 2 * channels * channels * 9,
  })),
].map((w) => /** @type {Workload} */ ({ ...w, kind: "kernel", table: "Kernels" }));

/** @type {Workload[]} */
const calls = [
  {
    ...{ name: "call", title: "x + 1 of one number, compiled where the peer compiles", table: "Calls" },
    ...{ kind: "kernel", kernel: "add", flops: 1, shapes: { x: [1] } },
  },
];

/**
 * @param {string} name
 * @param {string} table
 * @param {string} title
 * @param {Partial<Network>} network
 */
const sweep = (name, table, title, network) =>
  /** @type {Workload} */ ({
    ...classifier,
    ...digits,
    input: [784],
    kind: "training",
    name,
    table,
    title,
    ...network,
  });

const sweeps = [
  ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((batch) =>
    sweep(`batch-${batch}`, "Batch", `W3 with batch ${batch}`, { layers: mlp(784, 128, 10), batch }),
  ),
  ...[16, 32, 64, 128, 256, 512, 1024].map((width) =>
    sweep(`width-${width}`, "Width", `MLP 784-${width}-10`, { layers: mlp(784, width, 10) }),
  ),
  ...[1, 2, 4, 8, 16, 32].map((depth) => {
    const hidden = Array.from({ length: depth }, () => 64);
    const title = `MLP 2, ${depth} × 64, 3`;
    return sweep(`depth-${depth}`, "Depth", title, { layers: mlp(2, ...hidden, 3), input: [2], samples: "spiral" });
  }),
];

export const workloads = [...training, ...inference, ...kernels, ...calls, ...sweeps];
