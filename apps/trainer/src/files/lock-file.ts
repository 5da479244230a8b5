import { closeSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { UsageError } from "@pointwise/tensor";
import { isRecord, parseJson } from "./json.ts";
import { processStart } from "./process-start.ts";
import { errorCode, explainingFileErrors } from "./system-error.ts";
import { writeAll } from "./write-all.ts";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Of the process, as {@link processStart} gives it. */
  readonly start: string;
  /** When it took the lock, for people. */
  readonly since: string;
}

/**
 * Makes this process the only one that works on something, until it lets go or ends. The lock of a process that is no more is taken over.
 * @param what is locked, such as "The run in runs/a", for errors
 * @returns what lets go; also called when the process exits
 * @throws UsageError that names the process that holds the lock
 */
export function lockFile(path: string, what: string): () => void {
  const mine = describeMe();
  explainingFileErrors(`Cannot write ${path}`, "Nothing was changed.", () => {
    while (!create(path, mine)) removeStale(path, what);
  });
  const release = () => {
    process.off("exit", release);
    if (read(path) === mine) rmSync(path, { force: true });
  };
  process.on("exit", release);
  return release;
}

function describeMe(): string {
  const { pid } = process;
  const me: Holder = { pid, host: hostname(), start: processStart(pid) ?? "", since: new Date().toISOString() };
  return `${JSON.stringify(me)}\n`;
}

/** @returns false if there is such a file */
function create(path: string, content: string): boolean {
  try {
    const file = openSync(path, "wx");
    try {
      writeAll(file, new TextEncoder().encode(content));
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** @throws UsageError if the lock's process is at work */
function removeStale(path: string, what: string): void {
  const found = readWritten(path);
  if (found === undefined) return; // released meanwhile
  const holder = parseJson(found);
  if (isHolder(holder) && mayBeAtWork(holder)) throw isLocked(path, what, holder);
  // Moved first, then looked at: another process may have taken the lock over since it was read.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const moved = read(aside);
  if (moved !== undefined && moved !== found) create(path, moved);
  rmSync(aside, { force: true });
}

/** The lock's text. One that is empty is just being written, or its writer was killed in that instant, which a moment tells apart. */
function readWritten(path: string): string | undefined {
  for (let tries = 0; tries < 20; tries++) {
    const text = read(path);
    if (text === undefined || text.endsWith("\n")) return text;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10); // sleeps for 10 ms
  }
  return read(path);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

const isHolder = (x: unknown): x is Holder =>
  isRecord(x) &&
  Number.isSafeInteger(x.pid) &&
  Number(x.pid) > 0 &&
  typeof x.host === "string" &&
  typeof x.start === "string";

/** Of a process on another machine nothing is known. */
function mayBeAtWork({ pid, host, start }: Holder): boolean {
  if (host !== hostname()) return true;
  const now = processStart(pid);
  return now !== undefined && (now === start || now === "" || start === "");
}

function isLocked(path: string, what: string, { pid, host, start, since }: Holder): UsageError {
  const isHere = host === hostname();
  const cure =
    isHere && start !== ""
      ? `Wait until it is done, or stop it: kill ${pid}.`
      : `If that process has ended, or is another program, delete ${path}.`;
  const where = isHere ? "" : ` on ${host}, another machine`;
  return new UsageError(`${what} is being worked on by process ${pid}${where}, since ${since}. ${cure}`);
}
