// Tries parsers, one after another, for scripts/verify-fuzz.mjs: a process of its own, so that a hang or an exhausted memory can be told.
//   program PARSERS SEED FIRST COUNT ONNX_FOLDER FOLDER
// PARSERS are names, a line each. The number of the file it is at is in FOLDER/at; a file that something is wrong with is saved there. With COUNT 0 the file
// FIRST is saved, and not tried.
import { openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { drawing } from "./draw.ts";
import { type Parser, parsers } from "./parsers.ts";
import { tryFile } from "./try-file.ts";

/** Of the memory of the whole process; the files have a few kilobytes, bombs unpack to a few megabytes. */
const mostGrowth = 512 * 2 ** 20;

const [names, seed, first, count, onnxFolder = "", folder = ""] = process.argv.slice(2);

if (names === undefined) {
  process.send?.(parsers([]).map((parser) => parser.name));
} else {
  const models = readdirSync(onnxFolder).filter((file) => file.endsWith(".onnx"));
  const all = parsers(models.map((file) => readFileSync(join(onnxFolder, file))));
  for (const name of names.split("\n")) {
    const parser = all.find((p) => p.name === name)!;
    process.send?.({ name });
    process.send?.({ name, result: await tryAll(parser, Number(seed), Number(first), Number(count)) });
  }
}

async function tryAll(parser: Parser, seed: number, first: number, count: number) {
  const save = (index: number) => {
    const path = join(folder, `${parser.name.replaceAll(" ", "-")}-${seed}-${index}`);
    writeFileSync(path, parser.make(drawing(seed, index)));
    return path;
  };
  if (count === 0) return { saved: save(first) };
  const atFile = openSync(join(folder, "at"), "w");
  for (const file of parser.intact) await parser.read(file);
  const startMemory = process.memoryUsage.rss();
  const peakBefore = process.resourceUsage().maxRSS; // of a parser before it
  let [accepted, slowest, growth] = [0, 0, 0];
  for (let index = first; index < first + count; index++) {
    writeSync(atFile, `${index}`.padStart(10), 0);
    const bytes = parser.make(drawing(seed, index));
    try {
      const outcome = await tryFile(parser, bytes);
      accepted += Number(outcome.accepted);
      slowest = Math.max(slowest, outcome.milliseconds);
      const { maxRSS } = process.resourceUsage();
      if (maxRSS > peakBefore) growth = Math.max(0, maxRSS * 1024 - startMemory);
      if (growth > mostGrowth) throw new Error(`made the process grow by ${Math.round(growth / 2 ** 20)} MiB`);
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error), index, saved: save(index) };
    }
  }
  return { accepted, slowest, growth };
}
