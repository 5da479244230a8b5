// Builds the playground, opens it in Chromium, and prints how long it takes to load, and how smooth it is while a network learns.
//
//   node scripts/playground-figures.mjs    CHROMIUM names the browser, /usr/bin/chromium unless said
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const app = fileURLToPath(new URL("../apps/playground", import.meta.url));
/** Where what it imports is found. */
const folder = join(app, `node_modules/.playground-figures-${process.pid}`);
const program = join(folder, "figures.mjs");
try {
  await build({
    entryPoints: [join(app, "e2e/figures.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const { printFigures } = await import(pathToFileURL(program));
  await printFigures(app);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
