import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { pointwise, pointwiseHere, temporaryFolder } from "./pointwise.ts";
import { resultFiles, resultHashes } from "./result-hashes.ts";

const folder = temporaryFolder();
const path = (...names: string[]) => join(folder, ...names);
const run = (...args: string[]) => pointwiseHere(args, folder);
const spiral = ["train", "--model", "mlp", "--dataset", "spiral", "--patience", "0", "--epochs", "2"];
/** How far a checkpoint is; `undefined` if there is none. */
function positionIn(file: string): { epoch: number; batch: number } | undefined {
  try {
    const bytes = readFileSync(file);
    const header = JSON.parse(bytes.toString("utf8", 8, 8 + Number(bytes.readBigUInt64LE(0))));
    return JSON.parse(header.__metadata__.position);
  } catch {
    return undefined;
  }
}

/** Kills a run within its second epoch. */
async function killInSecondEpoch(out: string): Promise<void> {
  const args = [...spiral, "--checkpoint-every", "0", "--out", out];
  const child = spawn(process.execPath, [inject("program"), ...args], { cwd: folder });
  while (!(positionIn(path(out, "last.safetensors"))?.epoch === 1))
    await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill("SIGKILL");
  await new Promise((resolve) => child.on("close", resolve));
}

beforeAll(async () => {
  const whole = await pointwise([...spiral, "--out", "whole"], { cwd: folder });
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  // Until it is killed before its end, and not in the instant in which a checkpoint gives way to the next.
  do {
    rmSync(path("killed"), { recursive: true, force: true });
    await killInSecondEpoch("killed");
  } while (positionIn(path("killed/last.safetensors"))?.epoch !== 1);
});

/** Something that happened to a killed run, and what is said of it. */
const cases: readonly [name: string, damage: (run: string) => void, said: string | RegExp][] = [
  ["just so", () => {}, /^$/],
  [
    "its last checkpoint cut off",
    (name) => truncateSync(path(name, "last.safetensors"), 1000),
    /^warning: .*last\.safetensors.*cut off.* Training goes on from the checkpoint that was saved before it\.\n$/,
  ],
  [
    "one bit of its last checkpoint flipped",
    (name) => {
      const bytes = readFileSync(path(name, "last.safetensors"));
      bytes[bytes.length - 5]! ^= 1;
      writeFileSync(path(name, "last.safetensors"), bytes);
    },
    /^warning: .*last\.safetensors: its content is not what `train` has written: the checksum differs/,
  ],
  [
    "killed between the two renames",
    (name) => {
      renameSync(path(name, "last.safetensors"), path(name, "last.safetensors.tmp"));
    },
    /^warning: .*last\.safetensors is missing: the program was killed as it saved/,
  ],
  [
    "without a checkpoint",
    (name) => {
      for (const file of ["last", "last.previous"]) rmSync(path(name, `${file}.safetensors`));
    },
    /^$/,
  ],
  ["half a line of metrics", (name) => appendFileSync(path(name, "metrics.jsonl"), '{"event":"epoch","epo'), /^$/],
  [
    "metrics from after the checkpoint",
    (name) => appendFileSync(path(name, "metrics.jsonl"), '{"event":"epoch","epoch":2}\n{"event":"test","epoch":2}\n'),
    /^$/,
  ],
  ["leftovers of a write", (name) => writeFileSync(path(name, "best.safetensors.tmp"), "half"), /^$/],
];

test.each(cases)("a killed run goes on to the same bytes: %s", async (name, damage, said) => {
  const copy = `copy of ${name}`;
  cpSync(path("killed"), path(copy), { recursive: true });
  damage(copy);
  const resumed = await run("train", "--resume", copy);
  expect(resumed).toMatchObject({ code: 0, stderr: expect.stringMatching(said) });
  expect(resultHashes(path(copy))).toEqual(resultHashes(path("whole")));
  expect(readdirSync(path(copy)).filter((file) => !resultFiles.some((name) => name === file))).toEqual([
    "last.previous.safetensors",
  ]);
});

test("a run that was killed before its test only has it made up for", async () => {
  cpSync(path("whole"), path("untested"), { recursive: true });
  const metrics = readFileSync(path("untested/metrics.jsonl"), "utf8");
  writeFileSync(path("untested/metrics.jsonl"), metrics.slice(0, -30));
  const resumed = await run("train", "--resume", "untested");
  expect(resumed).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/only the test is left[\s\S]*Test: accuracy/),
  });
  expect(resultHashes(path("untested"))).toEqual(resultHashes(path("whole")));
  expect((await run("train", "--resume", "untested")).stderr).toContain("has done its 2 epochs");
});

test("a folder that a start was killed in before it wrote anything is free", async () => {
  mkdirSync(path("begun"));
  for (const name of ["run.lock", "config.json.tmp"]) writeFileSync(path("begun", name), "");
  expect(await run(...spiral, "--out", "begun")).toMatchObject({ code: 0, stderr: "" });
  expect(resultHashes(path("begun"))).toEqual(resultHashes(path("whole")));
});

/** The last line of a run's metrics. */
const lastMetrics = (name: string) =>
  JSON.parse(readFileSync(path(name, "metrics.jsonl"), "utf8").trim().split("\n").at(-1)!);

const cure =
  "It held the weights of the best epoch so far, which are lost unless you have a copy of the file. " +
  "To go on without them, delete it: the best epoch from then on is kept, or the last one if all are done.\n";

test("weights that were damaged are found when the run goes on, not at its end; without them it goes on", async () => {
  cpSync(path("killed"), path("bad best"), { recursive: true });
  truncateSync(path("bad best/best.safetensors"), 1000);
  const refused = await run("train", "--resume", "bad best");
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^error: .*bad best\/best\.safetensors.*cut off/);
  expect(refused.stderr.endsWith(cure)).toBe(true);
  rmSync(path("bad best/best.safetensors"));
  expect(await run("evaluate", "--run", "bad best")).toMatchObject({
    ...{ code: 1, stderr: expect.stringContaining("it was deleted, or the first epoch is not finished") },
  });
  expect(await run("train", "--resume", "bad best")).toMatchObject({
    code: 0,
    stderr:
      "warning: bad best/best.safetensors is missing, and with it the weights of the best epoch so far. The best epoch from here on is kept.\n",
  });
  expect(lastMetrics("bad best")).toMatchObject({ event: "test", epoch: 2 });
  expect(lastMetrics("bad best").finalWeights).toBe(lastMetrics("whole").finalWeights);
  expect(await run("evaluate", "--run", "bad best")).toMatchObject({ code: 0, stderr: "" });
});

test("where the best weights are lost after the last epoch, its own take their place, and are tested", async () => {
  cpSync(path("whole"), path("lost best"), { recursive: true });
  const damaged = readFileSync(path("lost best/best.safetensors"));
  damaged[damaged.length - 5]! ^= 1;
  writeFileSync(path("lost best/best.safetensors"), damaged);
  const refused = await run("train", "--resume", "lost best");
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr.endsWith(cure)).toBe(true);
  rmSync(path("lost best/best.safetensors"));
  expect(await run("train", "--resume", "lost best")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/only the test is left[\s\S]*with the weights of epoch 2\./),
    stderr:
      "warning: lost best/best.safetensors is missing, and with it the weights of the best epoch so far. Those of the last epoch take their place.\n",
  });
  expect(lastMetrics("lost best")).toMatchObject({ event: "test", epoch: 2 });
  expect(await run("evaluate", "--run", "lost best")).toMatchObject({ code: 0, stderr: "" });
});

test("with its best weights lost, a run has its full patience again", async () => {
  expect(await run(...spiral, "--lr", "1e-30", "--patience", "2", "--epochs", "9", "--out", "patient")).toMatchObject({
    ...{ code: 0, stdout: expect.stringContaining("Stopped early") },
  });
  expect(lastMetrics("patient")).toMatchObject({ event: "test", epoch: 1 });
  rmSync(path("patient/best.safetensors"));
  const resumed = await run("train", "--resume", "patient");
  expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining("from here on is kept") });
  expect(lastMetrics("patient")).toMatchObject({ event: "test", epoch: 4 });
});

test("a last checkpoint that cannot be read is not replaced: it may be a good one", async () => {
  cpSync(path("killed"), path("unreadable"), { recursive: true });
  rmSync(path("unreadable/last.safetensors"));
  mkdirSync(path("unreadable/last.safetensors"));
  expect(await run("train", "--resume", "unreadable")).toEqual({
    ...{ code: 1, stdout: "" },
    stderr:
      "error: unreadable/last.safetensors is a folder, not a file. A run is a folder of plain files: copy what is meant there.\n",
  });
  expect(existsSync(path("unreadable/last.previous.safetensors"))).toBe(true);
});

test("two processes cannot work on one run; the second does no harm", async () => {
  const first = spawn(process.execPath, [inject("program"), ...spiral, "--epochs", "1000000", "--out", "busy"], {
    cwd: folder,
  });
  await new Promise((resolve) =>
    first.stdout.on("data", (chunk: Buffer) => String(chunk).includes("1/1000000 ") && resolve(0)),
  );
  const second = await pointwise(["train", "--resume", "busy"], { cwd: folder });
  expect(second).toMatchObject({ code: 1, stdout: "" });
  expect(second.stderr).toMatch(
    new RegExp(`^error: The run in busy is being worked on by process ${first.pid}, since 20.*\\.\\n$`),
  );
  const third = await run(...spiral, "--out", "busy");
  expect(third).toMatchObject({ code: 1, stderr: expect.stringContaining("busy holds a run already") });
  first.kill("SIGINT");
  expect(await new Promise((resolve) => first.on("close", resolve))).toBe(130);
  expect(existsSync(path("busy/run.lock"))).toBe(false);
});

test.runIf(process.platform === "linux")("a folder that cannot be written to is named", async () => {
  // Nobody may make folders there, not even root.
  const finished = await run(...spiral, "--out", "/sys/run");
  expect(finished).toEqual({
    ...{ code: 1, stdout: "" },
    stderr: "error: Cannot make the folder /sys/run: you have no permission. Choose another one with --out.\n",
  });
});

test.skipIf(process.getuid?.() === 0)("so is a run that cannot be written to", async () => {
  cpSync(path("killed"), path("locked up"), { recursive: true });
  rmSync(path("locked up/run.lock"));
  chmodSync(path("locked up"), 0o555);
  const finished = await run("train", "--resume", "locked up");
  chmodSync(path("locked up"), 0o755);
  expect(finished).toEqual({
    ...{ code: 1, stdout: "" },
    stderr: "error: Cannot write locked up/run.lock: you have no permission. Nothing was changed.\n",
  });
});
