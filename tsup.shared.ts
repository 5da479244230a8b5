import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "es2022",
  platform: "neutral",
  // Of other packages it reads the declarations that were built before, not the sources; and no library may need Node's types.
  dts: { compilerOptions: { customConditions: [], types: [] } },
  sourcemap: true,
  clean: true,
});
