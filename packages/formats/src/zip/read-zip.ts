import { quote, type Refuse } from "../refuse.ts";
import { crc32 } from "./crc32.ts";
import { readDirectory, type ZipEntry } from "./directory.ts";
import { highestRatio, inflate } from "./inflate.ts";

/** A file in an archive. */
export interface ZipFile {
  /** As the archive has it: for use as a key, never as a path. */
  readonly name: string;
  /** Unpacks it, and checks its checksum. */
  content(): Uint8Array;
}

const [stored, deflated] = [0, 8];

/**
 * The files of a zip archive. All that the archive announces is checked before any of them is unpacked.
 * @param maxBytes of all compressed files together when they are unpacked
 */
export function readZip(bytes: Uint8Array, maxBytes: number, refuse: Refuse): ZipFile[] {
  const entries = readDirectory(bytes, refuse);
  for (const entry of entries) checkSize(entry, refuse);
  const total = entries.reduce((sum, { method, size }) => sum + (method === deflated ? size : 0), 0);
  if (total > maxBytes) {
    refuse(`unpacked it would take ${total} bytes, but ${maxBytes} are allowed`, "If you trust it, raise maxBytes.");
  }
  return entries.map((entry) => ({ name: entry.name, content: () => unpack(bytes, entry, refuse) }));
}

function checkSize({ name, method, size, start, end }: ZipEntry, refuse: Refuse): void {
  const packed = end - start;
  if (method !== stored && method !== deflated) {
    refuse(
      `${quote(name)} is compressed by method ${method}, but only 0 (stored) and 8 (deflate) are read`,
      "Pack it by numpy.savez.",
    );
  }
  if (method === stored && size !== packed)
    refuse(`${quote(name)} is stored in ${packed} bytes, but announced as ${size}`);
  if (method === deflated && size > packed * highestRatio) {
    refuse(`${quote(name)} cannot unpack from ${packed} bytes to the ${size} that are announced`);
  }
}

function unpack(bytes: Uint8Array, { name, method, size, crc, start, end }: ZipEntry, refuse: Refuse): Uint8Array {
  const packed = bytes.subarray(start, end);
  const content = method === stored ? packed : inflate(packed, size, (what) => refuse(`${quote(name)}: ${what}`));
  if (crc32(content) !== crc)
    refuse(`the checksum of ${quote(name)} is wrong: its bytes are not those that were packed`);
  return content;
}
