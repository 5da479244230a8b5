import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles a TypeScript program of a test's, from the packages' sources, into one file that needs nothing around it. @param entry from this folder */
export const bundleProgram = (entry, outfile) =>
  build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@pointwise/source"],
    // For the parts of libraries that are CommonJS.
    banner: {
      js: 'import * as nodeModule from "node:module"; const require = nodeModule.createRequire(import.meta.url);',
    },
  });
