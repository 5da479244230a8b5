import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built page is served. */
    readonly page: string;
  }
}

/** Builds the page into a folder of its own, and serves it as any static host would, for all test files. */
export default async function servePage(project: TestProject): Promise<() => Promise<void>> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), "playground-"));
  await build({ root, logLevel: "warn", build: { outDir, emptyOutDir: true } });
  const server = await preview({ root, build: { outDir }, preview: { port: 0, open: false } });
  project.provide("page", server.resolvedUrls!.local[0]!); // it listens, so it has one
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true });
  };
}
