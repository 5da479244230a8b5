import { closeSync, fsyncSync, openSync } from "node:fs";
import { errorCode } from "./system-error.ts";

/** What systems say that cannot bring a folder to the disk by itself: Windows, and some network drives. */
const unsupported = new Set(["EINVAL", "ENOTSUP", "EPERM", "EISDIR", "EACCES"]);

/** Brings the names in a folder to the disk: a file that was renamed has its new name after a power cut only from here on. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    // The file itself is safe by then, and there is nothing that could be done instead.
    if (!unsupported.has(errorCode(error) ?? "")) throw error;
  }
}
