import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";

const app = fileURLToPath(new URL("..", import.meta.url));
const folder = `${app}node_modules/.pointwise-test/${process.pid}`;

/**
 * Builds the program once for all tests, from the sources of the app and of the packages it uses: tests do not depend on a build, nor
 * on one that may be stale. It lies where it finds its libraries.
 */
export async function setup(project: TestProject): Promise<void> {
  const program = `${folder}/main.js`;
  await build({
    absWorkingDir: app,
    entryPoints: ["src/main.ts"],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@pointwise/source"],
    external: ["cli-progress", "commander", "mnist", "picocolors", "pngjs"],
    logLevel: "error",
  });
  project.provide("program", program);
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}

declare module "vitest" {
  interface ProvidedContext {
    /** The path of the built program. */
    program: string;
  }
}
