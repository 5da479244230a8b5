import { mergeConfig } from "vitest/config";
import { stateless } from "../../vitest.shared.ts";

export default mergeConfig(stateless, {
  test: { globalSetup: "test/build-program.ts", setupFiles: "test/set-engine.ts", testTimeout: 60_000 },
});
