import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";

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

/** A folder that is deleted after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pointwise-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
