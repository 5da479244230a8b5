/** The root's esbuild, taking Pointwise's packages from their sources (`tsconfig.json` says where they are). */
import { build } from "esbuild";

/**
 * @param {string} entry
 * @param {Pick<import("esbuild").BuildOptions, "platform" | "minify">} options
 */
export async function bundle(entry, options) {
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, format: "esm", target: "es2022", write: false, logLevel: "silent" },
    conditions: ["@pointwise/source"],
    ...options,
  });
  return outputFiles[0].contents;
}
