/** ONNX Runtime on one thread: `node` is the native addon, `web` the WebAssembly build. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { meanSize, serve } from "../serve.mjs";
import { onnxModel } from "./onnx-model.mjs";

const name = process.argv[2] === "web" ? "onnxruntime-web" : "onnxruntime-node";
/** @type {typeof import("onnxruntime-web")} */
const ort = await import(name);
if (name === "onnxruntime-web") ort.env.wasm.numThreads = 1;

/** @type {import("../serve.mjs").Peer["prepare"]} */
async function prepare(workload, { tensors, batches }) {
  const session = await ort.InferenceSession.create(onnxModel(workload, tensors), {
    executionProviders: [name === "onnxruntime-web" ? "wasm" : "cpu"],
    ...{ intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: "all" },
  });
  const toTensor = (/** @type {import("../serve.mjs").Values} */ { data, shape }) =>
    new ort.Tensor("float32", /** @type {Float32Array} */ (data), shape);
  const [[operand, values]] = Object.entries(tensors);
  const feeds =
    workload.kind === "kernel" ? [{ [operand]: toTensor(values) }] : batches.map(({ x }) => ({ x: toTensor(x) }));

  const call = async (/** @type {number} */ i) => {
    const { out } = await session.run(feeds[i % feeds.length]);
    return /** @type {Float32Array} */ (out.data);
  };
  const size = meanSize(await call(0));
  return async (first, count) => {
    let last = size;
    for (let i = first; i < first + count; i++) {
      const out = await call(i);
      if (workload.kind === "inference") last = meanSize(out);
    }
    return last;
  };
}

const entry = createRequire(import.meta.url).resolve(name);
const packageFile = join(entry.slice(0, entry.lastIndexOf(name) + name.length), "package.json");
await serve({ version: JSON.parse(readFileSync(packageFile, "utf8")).version, prepare });
