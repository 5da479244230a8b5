import { execFileSync } from "node:child_process";

/** The commit that the files here are, and whether they have been changed since. */
export function revision() {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync("git", args, { encoding: "utf8", cwd: import.meta.dirname }).trim();
  const changed = git("status", "--porcelain") === "" ? "" : ", with uncommitted changes";
  return `commit ${git("rev-parse", "--short", "HEAD")}${changed}`;
}
