import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";

export interface BuiltPage {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds the page into a folder of its own, and serves it as any static host would. @param root the app's folder */
export async function serveBuiltPage(root: string): Promise<BuiltPage> {
  const outDir = await mkdtemp(join(tmpdir(), "playground-"));
  await build({ root, logLevel: "warn", build: { outDir, emptyOutDir: true } });
  const server = await preview({ root, build: { outDir }, preview: { port: 0, open: false } });
  return {
    url: server.resolvedUrls!.local[0]!, // it listens, so it has one
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
