import { defaultClientConditions, defineConfig } from "vite";

/** The packages' sources are bundled, so that none need be built first. `base` is relative: the page works from any folder of any host. */
export default defineConfig({
  base: "./",
  resolve: { conditions: ["@pointwise/source", ...defaultClientConditions] },
  worker: { format: "es" },
  build: { target: "es2022", sourcemap: true },
});
