import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

/** Tests read the packages' sources, never a build that may be stale. */
export default defineConfig({
  ssr: { resolve: { conditions: ["@pointwise/source", ...defaultServerConditions] } },
  // Generous, for machines that are busy: a test that hangs still fails.
  test: { testTimeout: 120_000, hookTimeout: 120_000, include: ["src/**/*.test.ts", "test/**/*.test.ts"] },
});
