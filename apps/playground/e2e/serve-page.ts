import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { serveBuiltPage } from "./built-page.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built page is served. */
    readonly page: string;
  }
}

/** For all test files. */
export default async function servePage(project: TestProject): Promise<() => Promise<void>> {
  const { url, close } = await serveBuiltPage(fileURLToPath(new URL("..", import.meta.url)));
  project.provide("page", url);
  return close;
}
