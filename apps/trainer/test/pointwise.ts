import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject, vi } from "vitest";
import { runProgram } from "../src/program.ts";

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  /** Without the lines of progress, which only a slow machine has: one every ten seconds. */
  readonly stderr: string;
}

const progressLine = /^.*: [\d,]+\/[\d,]+, ETA .*\n/gm;

interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sent once standard output holds a text. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly after: string };
}

/** Runs the built program as a shell does, with its output in pipes. */
export function pointwise(args: readonly string[], options: Options = {}): Promise<Finished> {
  const { cwd = tmpdir(), env = {}, signal } = options;
  const child = spawn(process.execPath, [inject("program"), ...args], {
    cwd,
    // Not what the shell that runs the tests wants of colours.
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
  });
  let [stdout, stderr, sent] = ["", "", false];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
    if (signal && !sent && stdout.includes(signal.after)) sent = child.kill(signal.name);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr: stderr.replace(progressLine, "") }));
  });
}

let isRunning = false;

/**
 * The same in this process, which saves its start: for what the program says and writes, not for how it begins and ends. Not for two at a time: what
 * is the process's own, such as its output, is the program's meanwhile.
 */
export async function pointwiseHere(args: readonly string[], cwd: string): Promise<Finished> {
  if (isRunning) throw new Error("Only one at a time can run in this process.");
  isRunning = true;
  const { argv, exitCode } = process;
  const before = process.cwd();
  const output = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((chunk) => {
      output[name] += chunk;
      return true;
    }),
  );
  process.chdir(cwd);
  process.argv = [process.execPath, inject("program"), ...args];
  process.exitCode = undefined;
  try {
    await runProgram(args);
    const code = Number(process.exitCode ?? 0);
    return { code, stdout: output.stdout, stderr: output.stderr.replace(progressLine, "") };
  } finally {
    for (const spy of spies) spy.mockRestore();
    Object.assign(process, { argv, exitCode });
    process.chdir(before);
    isRunning = false;
  }
}

/** A folder that is deleted after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pointwise-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
