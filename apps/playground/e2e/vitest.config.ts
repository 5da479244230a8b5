import { fileURLToPath } from "node:url";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

/** The built page in a real browser, one test file at a time: they share two cores. */
export default defineConfig({
  ssr: { resolve: { conditions: ["@pointwise/source", ...defaultServerConditions] } },
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["e2e/**/*.test.ts"],
    globalSetup: "e2e/serve-page.ts",
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
