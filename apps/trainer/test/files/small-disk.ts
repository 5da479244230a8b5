import type * as fs from "node:fs";

/** What the disk still takes, and what it takes at once, in bytes. */
export const disk = { free: Number.POSITIVE_INFINITY, atOnce: Number.POSITIVE_INFINITY };

/** `node:fs` on that disk, for `vi.mock`. */
export const onSmallDisk = (real: typeof fs): typeof fs => ({
  ...real,
  // Of its forms, the one that this program uses.
  writeSync: ((file: number, bytes: Uint8Array, offset: number): number => {
    if (disk.free === 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const length = Math.min(bytes.length - offset, disk.free, disk.atOnce);
    disk.free -= length;
    return real.writeSync(file, bytes, offset, length);
  }) as typeof fs.writeSync,
});
