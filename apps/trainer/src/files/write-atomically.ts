import { closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "./sync-folder.ts";
import { explainingFileErrors } from "./system-error.ts";
import { writeAll } from "./write-all.ts";

/** Where a file is written before it takes its place. */
export const temporaryFor = (path: string): string => `${path}.tmp`;

/**
 * Writes a file so that there is the old one or the new one at any moment, also if the program or the machine stops meanwhile.
 * @param previous where the old file is kept. Then there may be that one alone for a moment: the new one is complete by then, but for its name.
 * @throws UsageError that explains why it cannot be written
 */
export function writeAtomically(path: string, content: string | Uint8Array, previous?: string): void {
  const temporary = temporaryFor(path);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  explainingFileErrors(`Cannot write ${path}`, "What was there before is still there.", () => {
    try {
      rmSync(temporary, { force: true });
      // "x", since what is there of that name again could be a link to another file, which would be overwritten.
      const file = openSync(temporary, "wx");
      try {
        writeAll(file, bytes);
      } finally {
        closeSync(file);
      }
      if (previous !== undefined && existsSync(path)) renameSync(path, previous);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncFolder(dirname(path));
  });
}
