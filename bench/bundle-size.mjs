/** What a page that trains a small network makes its visitors download: the scripts in `minimal/`, minified and compressed. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundle } from "./bundle.mjs";

const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** Files that are loaded beside the script. */
const tfjsWasm = "node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm";

const scripts = [
  { name: "Pointwise", script: "minimal/pointwise.ts", assets: [] },
  { name: "jax-js", script: "minimal/jax-js.mjs", assets: [] },
  { name: "TensorFlow.js, wasm", script: "minimal/tfjs-wasm.mjs", assets: [tfjsWasm] },
  { name: "TensorFlow.js, cpu", script: "minimal/tfjs-cpu.mjs", assets: [] },
  { name: "brain.js", script: "minimal/brain.mjs", assets: [] },
  { name: "ConvNetJS", script: "minimal/convnetjs.mjs", assets: [] },
];

/** @returns {Promise<{ name: string, script?: number, assets?: number, failure?: string }[]>} compressed bytes */
export async function measureBundleSizes() {
  return Promise.all(
    scripts.map(async ({ name, script, assets }) => {
      try {
        const code = await bundle(path(script), { platform: "browser", minify: true });
        return { name, script: gzipSync(code).length, assets: assets.reduce((sum, file) => sum + zipped(file), 0) };
      } catch (error) {
        return { name, failure: String(error).split("\n")[1] ?? String(error) };
      }
    }),
  );
}

/** @param {string} file */
const zipped = (file) => gzipSync(readFileSync(path(file))).length;
