import { mergeConfig } from "vitest/config";
import { stateless } from "../../vitest.shared.ts";

export default mergeConfig(stateless, { test: { setupFiles: "test/set-engine.ts" } });
