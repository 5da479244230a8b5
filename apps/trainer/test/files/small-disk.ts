import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, beforeAll } from "vitest";

/** What the disk still takes, and what it takes at once, in bytes. */
export const disk = { free: Number.POSITIVE_INFINITY, atOnce: Number.POSITIVE_INFINITY };

/** For the file's tests, `writeSync` of `node:fs` writes on that disk. */
export function useSmallDisk(): void {
  const { writeSync } = fs;
  // Of its forms, the one that this program uses.
  const onSmallDisk = ((file: number, bytes: Uint8Array, offset: number): number => {
    if (disk.free === 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const length = Math.min(bytes.length - offset, disk.free, disk.atOnce);
    disk.free -= length;
    return writeSync(file, bytes, offset, length);
  }) as typeof writeSync;
  beforeAll(() => replaceWriteSync(onSmallDisk));
  afterAll(() => replaceWriteSync(writeSync));
}

/** Also for modules that have imported it already, as all have that test files share. */
function replaceWriteSync(writeSync: typeof fs.writeSync): void {
  fs.writeSync = writeSync;
  syncBuiltinESMExports();
}
