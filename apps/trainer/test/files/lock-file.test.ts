import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@pointwise/tensor";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFile } from "../../src/files/lock-file.ts";
import { processStart } from "../../src/files/process-start.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pointwise-"));
  path = join(folder, "run.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

const lock = () => lockFile(path, "The run in runs/a");
const holder = (changes: object) =>
  `${JSON.stringify({ pid: process.pid, host: hostname(), start: processStart(process.pid), since: "some day", ...changes })}\n`;

test("only one holds it, until it lets go", () => {
  const release = lock();
  expect(lock).toThrow(UsageError);
  expect(lock).toThrow(
    new RegExp(
      `^The run in runs/a is being worked on by process ${process.pid}, since 20.*(kill ${process.pid}|delete .*run.lock)\\.$`,
    ),
  );
  release();
  expect(readdirSync(folder)).toEqual([]);
  lock()();
});

test("letting go twice does not take it from the next", () => {
  const first = lock();
  first();
  const second = lock();
  writeFileSync(path, holder({ pid: 1 }));
  second();
  expect(existsSync(path)).toBe(true);
});

test("the lock of a process that has ended is taken over", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(path, holder({ pid, start: "" }));
  const release = lock();
  expect(readFileSync(path, "utf8")).toContain(`"pid":${process.pid}`);
  expect(readdirSync(folder)).toEqual(["run.lock"]);
  release();
});

test.runIf(process.platform === "linux")("so is that of an ended process whose number another has by now", () => {
  expect(processStart(process.pid)).toMatch(/^\d+$/);
  writeFileSync(path, holder({ start: "1" }));
  lock()();
});

test.runIf(process.platform === "linux")("a process that nobody has asked how it ended has ended", async () => {
  // The shell starts one, becomes another program before that ends, and that never asks.
  const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 30"]);
  const pid = Number(await new Promise((resolve) => parent.stdout.once("data", resolve)));
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1")))
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(processStart(pid)).toBeUndefined();
  parent.kill();
});

test.each(["", "{", "null\n", '{"pid":"1"}\n'])(
  "a file that its writer did not finish counts for nothing: %j",
  (text) => {
    writeFileSync(path, text);
    lock()();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test("of a process on another machine nothing is known", () => {
  writeFileSync(path, holder({ pid: 1, host: "elsewhere" }));
  expect(lock).toThrow(
    `process 1 on elsewhere, another machine, since some day. If that process has ended, or is another program, delete ${path}.`,
  );
});

test("says what cannot be written", () => {
  path = join(folder, "nowhere", "run.lock");
  expect(lock).toThrow(`Cannot write ${path}: it does not exist. Nothing was changed.`);
});
