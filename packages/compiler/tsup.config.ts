import { defineConfig } from "tsup";
import shared from "../../tsup.shared.ts";

// What both entries share lies in a file of its own: one heap, one registry of kernels.
export default defineConfig({ ...shared, entry: ["src/index.ts", "src/core.ts"], splitting: true });
