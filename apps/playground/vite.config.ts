import { defaultClientConditions, defineConfig } from "vite";
import { digitsPlugin } from "./assets/digits-plugin.ts";

/** Layers and errors go by the names of their classes, which visitors read: they must not be shortened. */
const output = { keepNames: true };

/** The packages' sources are bundled, so that none need be built first. `base` is relative: the page works from any folder of any host. */
export default defineConfig({
  base: "./",
  plugins: [digitsPlugin()],
  resolve: { conditions: ["@pointwise/source", ...defaultClientConditions] },
  worker: { format: "es", rolldownOptions: { output } },
  build: { target: "es2022", sourcemap: true, rolldownOptions: { output, checks: { pluginTimings: false } } },
});
