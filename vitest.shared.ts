import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

/** Tests read the packages' sources, never a build that may be stale. */
export default defineConfig({
  ssr: { resolve: { conditions: ["@pointwise/source", ...defaultServerConditions] } },
  test: { include: ["src/**/*.test.ts", "test/**/*.test.ts"] },
});
