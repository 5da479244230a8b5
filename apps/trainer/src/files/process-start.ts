import { readFileSync } from "node:fs";
import { errorCode } from "./system-error.ts";

/**
 * When a process began, as its system counts; "" where that is not known (elsewhere than on Linux), `undefined` if there is no such process. Numbers of
 * processes are given again: a number together with this is one process for sure.
 */
export function processStart(pid: number): string | undefined {
  try {
    process.kill(pid, 0); // signal 0 is not sent: it only asks
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    if (errorCode(error) !== "EPERM") return undefined;
  }
  const stat = readStat(pid);
  if (stat === undefined) return "";
  // After the name, which is in brackets and may hold any character, come the state and, as the 20th field, the start.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? undefined : (fields[19] ?? "");
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return undefined;
  }
}
