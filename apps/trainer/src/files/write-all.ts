import { fsyncSync, writeSync } from "node:fs";

/** Writes all bytes where an open file stands, and brings them to the disk. A system may take fewer bytes at once than it is given. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  fsyncSync(file);
}
