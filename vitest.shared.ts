import { defaultServerConditions } from "vite";
import { defineConfig, mergeConfig } from "vitest/config";

/** Tests read the packages' sources, never a build that may be stale. */
const shared = defineConfig({
  ssr: { resolve: { conditions: ["@pointwise/source", ...defaultServerConditions] } },
  // Generous, for machines that are busy: a test that hangs still fails.
  test: { testTimeout: 120_000, hookTimeout: 120_000, include: ["src/**/*.test.ts", "test/**/*.test.ts"] },
});
export default shared;

/** For packages whose modules and tests leave nothing behind: test files take turns in one process, which loads what they share once. */
export const stateless = mergeConfig(shared, { test: { isolate: false } });
