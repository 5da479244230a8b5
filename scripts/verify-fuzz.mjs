// Feeds damaged files to every parser: bits flipped, ends cut off, lengths at their extremes, blocks inserted and repeated, zip bombs, deep nesting.
// Each must be read, or refused with an error that Pointwise documents; soon, within little memory, and without a trace in other objects.
// As many at a time as the processor has cores, each in a process of its own; where there are few files, parsers share one, whose start takes longer.
//
//   node scripts/verify-fuzz.mjs [files per parser, 100000] [seed, by chance] [only this parser]
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProgram } from "./bundle-program.mjs";

const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
for (const [what, value] of [
  ["number of files", count],
  ["seed", seed],
]) {
  if (Number.isSafeInteger(value) && value >= (what === "seed" ? 0 : 1)) continue;
  console.error(`error: the ${what} must be a whole number, but is ${value}.`);
  process.exit(2);
}

/** A file that takes longer hangs: the process is killed. Much longer than a file may compute, since the machine may be busy. */
const patienceMilliseconds = 60_000;
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const models = path("../packages/formats/test/onnx-fixtures");
/** With fewer files for each, parsers share a process. */
const fewFiles = 10_000;
/** The number of the file that each parser is at, by its name. */
const atWork = new Map();
const folder = mkdtempSync(join(tmpdir(), "pointwise-fuzz-"));
const program = join(folder, "program.mjs");
await bundleProgram("../apps/trainer/test/fuzz/program.ts", program);

const all = (await run([])).sent[0];
const names = all.filter((name) => name === (process.argv[4] ?? name));
if (names.length === 0) {
  console.error(`error: there is no parser ${process.argv[4]}. There are: ${all.join(", ")}.`);
  process.exit(2);
}

console.log(`${count} damaged files for each parser, seed ${seed}`);
console.log(row("parser", "tried", "refused", "accepted", "slowest", "memory"));
let failures = 0;
const waiting = [...names];
await Promise.all(Array.from({ length: availableParallelism() }, tryWaiting));

async function tryWaiting() {
  const together = count < fewFiles ? Math.ceil(names.length / availableParallelism()) : 1;
  while (waiting.length > 0) await tryParsers(waiting.splice(0, together));
}

/** Those that come after one that ends the process are tried in another. */
async function tryParsers(group) {
  if (group.length === 0) return;
  const own = mkdtempSync(join(folder, "parser-"));
  const { sent, hung, code } = await run([group.join("\n"), seed, 0, count, models, own]);
  const results = new Map(sent.filter(({ result }) => result).map(({ name, result }) => [name, result]));
  for (const [i, name] of group.entries()) {
    const result = results.get(name);
    if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
    if (result && !result.failure) {
      const { accepted, slowest, growth } = result;
      const memory = `+${Math.round(growth / 2 ** 20)} MiB`;
      console.log(row(name, count, count - accepted, accepted, `${slowest.toFixed(1)} ms`, memory));
      continue;
    }
    failures++;
    const index = result?.index ?? fileBeing(own);
    const what =
      result?.failure ?? (hung ? `hung for ${patienceMilliseconds / 1000} s` : `ended the process (${code})`);
    console.error(`error: ${name}, seed ${seed}, file ${index}: ${what}`);
    const saved = result?.saved ?? (await run([name, seed, index, 0, models, own])).sent.at(-1)?.result?.saved;
    console.error(`The file is ${saved}`);
    if (!result) return tryParsers(group.slice(i + 1));
  }
}

if (failures > 0) {
  process.exitCode = 1;
} else {
  console.log(
    "Every file was read, or refused with a documented error, within 2 s of computing and 512 MiB; no prototype was changed.",
  );
  rmSync(folder, { recursive: true, force: true });
}

/** @returns all that the program sent, and how it ended */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = fork(program, args.map(String));
    const own = args[5];
    const sent = [];
    let name;
    let [hung, lastIndex, lastChange] = [false, -1, performance.now()];
    const timer = setInterval(() => {
      const index = fileBeing(own);
      if (index !== lastIndex) [lastIndex, lastChange] = [index, performance.now()];
      if (name !== undefined) atWork.set(name, index);
      if (process.stdout.isTTY && atWork.size > 0) {
        const progress = [...atWork].map(([name, index]) => `${name}: ${index}`).join(", ");
        process.stdout.write(`\r\x1b[K${progress} of ${count}`);
      }
      if (performance.now() - lastChange > patienceMilliseconds) hung = child.kill("SIGKILL");
    }, 200);
    child.on("message", (message) => {
      atWork.delete(name);
      ({ name } = message);
      lastChange = performance.now();
      sent.push(message);
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearInterval(timer);
      atWork.delete(name);
      resolve({ sent, hung, code: code ?? signal });
    });
  });
}

/** The number of the file that the program of this folder is at. */
function fileBeing(own) {
  try {
    return Number(readFileSync(join(own, "at"), "utf8"));
  } catch {
    return 0; // it has not begun
  }
}

function row(parser, ...cells) {
  return [parser.padEnd(24), ...cells.map((cell) => String(cell).padStart(11))].join("");
}
