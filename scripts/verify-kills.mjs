// Kills training runs with SIGKILL at random moments, every other time as a file is written, and lets them go on. After each kill every checkpoint must be
// readable and none older than before; in the end a run must have the bytes of one that was never disturbed.
//
//   node scripts/verify-kills.mjs [kills, 100] [the program, apps/trainer/dist/main.js]
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const kills = Number(process.argv[2] ?? 100);
if (!Number.isSafeInteger(kills) || kills < 1) {
  console.error(`error: the number of kills must be a whole number from 1 on, but is ${process.argv[2]}.`);
  process.exit(2);
}
const program = resolve(process.argv[3] ?? fileURLToPath(new URL("../apps/trainer/dist/main.js", import.meta.url)));
if (!existsSync(program)) {
  console.error(`error: there is no program ${program}. Build it: pnpm build.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "pointwise-kills-"));
const modes = [
  { name: "compiled", flags: [] },
  { name: "op by op", flags: ["--eager"] },
];

/** Everything that a checkpoint must keep: dropout, augmentation, a schedule, momentum, and a bounded norm. */
const training = [
  ...["train", "--model", "nin", "--dataset", "mnist", "--data-dir", join(folder, "pictures"), "--augment"],
  ...["--optimizer", "sgd", "--lr", "0.05", "--schedule", "one-cycle", "--clip-norm", "1"],
  ...["--batch-size", "16", "--epochs", "3", "--patience", "0", "--seed", "3"],
];
const batchesPerEpoch = 14; // 216 pictures are left to train on
const savingAlways = ["--checkpoint-every", "0"];
/** So that there are compiled and eager runs, and many ends to compare. */
const mostKillsPerRun = 5;
const resultFiles = ["config.json", "metrics.jsonl", "best.safetensors", "last.safetensors"];
const checkpoints = ["best.safetensors", "last.safetensors", "last.previous.safetensors"];

/** A failed check. The folder is kept. */
class Failure extends Error {}

const counts = { kills: 0, duringWrite: 0, beforeCheckpoint: 0, runs: 0 };
try {
  writePictures(join(folder, "pictures"), 240, 40);
  for (const mode of modes) await runUndisturbed(mode);
  for (let n = 0; counts.kills < kills; n++) await disturb(join(folder, `run-${n}`), modes[n % modes.length]);
  console.log(
    `${counts.kills} kills in ${counts.runs} runs, compiled and op by op: ${counts.duringWrite} as a file was written, ` +
      `${counts.beforeCheckpoint} before anything was saved.\n` +
      "After each kill every checkpoint was readable and none older than before, and each run ended with the bytes of one that was never disturbed.",
  );
  rmSync(folder, { recursive: true, force: true });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`error: after ${counts.kills} kills: ${error.message}\nThe files are in ${folder}.`);
  process.exitCode = 1;
}

/** Takes the time that a run takes, and keeps what it leaves. */
async function runUndisturbed(mode) {
  const began = performance.now();
  mode.run = join(folder, `undisturbed-${mode.flags.length}`);
  const { code, output } = await start([...training, ...mode.flags, "--out", mode.run]).ended;
  if (code !== 0) throw new Failure(`an undisturbed run ended with code ${code}:\n${output}`);
  mode.milliseconds = performance.now() - began;
  console.log(`Undisturbed, ${mode.name}: ${(mode.milliseconds / 1000).toFixed(1)} s`);
}

/** One run, killed again and again, or ended before. */
async function disturb(run, mode) {
  const lastKill = Math.min(kills, counts.kills + mostKillsPerRun);
  let position = -1;
  for (let ended = false; !ended; ) {
    const command = existsSync(join(run, "config.json"))
      ? ["train", "--resume", run]
      : [...training, ...mode.flags, "--out", run];
    const { child, ended: end } = start([...command, ...savingAlways]);
    const disarm = counts.kills < lastKill ? arm(child, run, Math.random() * mode.milliseconds) : () => {};
    const { code, signal, output } = await end;
    disarm();
    if (signal === "SIGKILL") {
      position = checkAfterKill(run, position);
      ended = hasTest(run); // killed after its last line, and before it let go of the folder or soon after
      if (ended) rmSync(join(run, "run.lock"), { force: true });
    } else if (code === 0) {
      ended = true;
    } else {
      throw new Failure(`${run} (${mode.name}) could not go on; it ended with code ${code}:\n${output}`);
    }
  }
  for (const name of resultFiles) {
    if (!readFileSync(join(run, name)).equals(readFileSync(join(mode.run, name)))) {
      throw new Failure(`${join(run, name)} (${mode.name}) differs from the undisturbed ${join(mode.run, name)}.`);
    }
  }
  const left = readdirSync(run).filter((name) => ![...resultFiles, ...checkpoints].includes(name));
  if (left.length > 0) throw new Failure(`${run} has files left in it: ${left.join(", ")}.`);
  counts.runs++;
  rmSync(run, { recursive: true });
}

/** Kills after a time; every other time not before the next file is begun. @returns what calls it off */
function arm(child, run, milliseconds) {
  let watcher;
  const kill = () => child.kill("SIGKILL");
  const timer = setTimeout(() => {
    if (counts.kills % 2 === 0 || !existsSync(run)) return kill();
    watcher = watch(run, (_, name) => name?.endsWith(".tmp") && kill());
  }, milliseconds);
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
}

function start(args) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, output }));
  });
  return { child, ended };
}

/** @returns how far the run can go on from, in steps */
function checkAfterKill(run, positionBefore) {
  counts.kills++;
  const files = existsSync(run) ? readdirSync(run) : [];
  if (files.some((name) => name.endsWith(".tmp"))) counts.duringWrite++;
  if (files.includes("config.json")) parse(readFileSync(join(run, "config.json"), "utf8"), join(run, "config.json"));
  if (files.includes("metrics.jsonl")) {
    const lines = readFileSync(join(run, "metrics.jsonl"), "utf8").split("\n");
    for (const line of lines.slice(0, -1)) parse(line, join(run, "metrics.jsonl")); // what comes after the last line break may be cut off
  }
  const read = new Map(
    checkpoints.filter((name) => files.includes(name)).map((name) => [name, readCheckpoint(join(run, name))]),
  );
  const last = read.get("last.safetensors") ?? read.get("last.previous.safetensors");
  if (!last) counts.beforeCheckpoint++;
  const position = last ? stepsOf(JSON.parse(last.position)) : -1;
  if (position < positionBefore) throw new Failure(`${run} fell back from step ${positionBefore} to ${position}.`);
  if (counts.kills % 10 === 0) console.log(`${counts.kills} kills, ${counts.runs} runs ended`);
  return position;
}

/** Whether the last thing that a run does is done. */
function hasTest(run) {
  const file = join(run, "metrics.jsonl");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.slice(0, -1).some((line) => parse(line, file).event === "test");
}

function stepsOf({ epoch, batch }) {
  return epoch * batchesPerEpoch + batch;
}

/** A reader of its own, which shares nothing with the program. @returns the file's texts */
function readCheckpoint(file) {
  const bytes = readFileSync(file);
  const length = bytes.length < 8 ? Number.NaN : Number(bytes.readBigUInt64LE(0));
  if (!(8 + length <= bytes.length)) throw new Failure(`${file} is cut off in its header.`);
  const { __metadata__: texts, ...tensors } = parse(bytes.toString("utf8", 8, 8 + length), file);
  const end = Math.max(...Object.values(tensors).map(({ data_offsets }) => data_offsets[1]));
  if (8 + length + end !== bytes.length)
    throw new Failure(`${file} has ${bytes.length} bytes, but should have ${8 + length + end}.`);
  return texts;
}

function parse(json, file) {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${error.message}.`);
  }
}

/** The four IDX files of MNIST, with pictures of 8×8: a bright square whose place says the class, in noise. */
function writePictures(path, training, testing) {
  mkdirSync(path);
  for (const [part, count] of [
    ["train", training],
    ["t10k", testing],
  ]) {
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    const pixels = Uint8Array.from({ length: 64 * count }, (_, p) => {
      const [label, row, column] = [labels[p >> 6], (p % 64) >> 3, p % 8];
      const isInside = row >> 1 === label % 4 && Math.floor(column / 3) === Math.floor(label / 4);
      return isInside ? 200 + (p % 50) : (p * 7919) % 97;
    });
    writeFileSync(join(path, `${part}-images-idx3-ubyte`), idx([count, 8, 8], pixels));
    writeFileSync(join(path, `${part}-labels-idx1-ubyte`), idx([count], labels));
  }
}

function idx(dims, values) {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.set([0, 0, 8, dims.length]);
  dims.forEach((d, i) => {
    header.writeUInt32BE(d, 4 + 4 * i);
  });
  return Buffer.concat([header, values]);
}
