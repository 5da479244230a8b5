import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { explainingFileErrors } from "./system-error.ts";

/** Where a file is written before it takes its place. */
export const temporaryFor = (path: string): string => `${path}.tmp`;

/**
 * Writes a file so that there is the old one or the new one at any moment, also if the program or the machine stops meanwhile.
 * @throws UsageError that explains why it cannot be written
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const temporary = temporaryFor(path);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  explainingFileErrors(`Cannot write ${path}`, "What was there before is still there.", () => {
    try {
      const file = openSync(temporary, "w");
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}
