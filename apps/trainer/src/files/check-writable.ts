import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { explainingFileErrors } from "./system-error.ts";
import { temporaryFor } from "./write-atomically.ts";

/**
 * Finds out now, not after minutes of work, whether `writeAtomically` will be able to write a file. Leaves nothing behind.
 * @param option that names the place
 * @throws UsageError that explains why not
 */
export function checkWritable(path: string, option = "--out"): void {
  const advice = `Choose another place with ${option}, in a folder that is there.`;
  explainingFileErrors(`Cannot write ${path}`, advice, () => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR" });
    }
    const temporary = temporaryFor(path);
    closeSync(openSync(temporary, "w"));
    rmSync(temporary);
  });
}
