import { quote, type Refuse } from "../refuse.ts";

/** A file in an archive, as the archive's directory has it; `start` and `end` are where its packed bytes lie. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  /** Unpacked, in bytes. */
  readonly size: number;
  readonly start: number;
  readonly end: number;
}

const [localSignature, entrySignature, endSignature] = [0x04034b50, 0x02014b50, 0x06054b50];
const [localBytes, entryBytes, endBytes] = [30, 46, 22];
const longestComment = 0xffff;

/**
 * Reads the directory at the end of a zip archive, and checks that it and the files it names are there and do not overlap.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3
 */
export function readDirectory(bytes: Uint8Array, refuse: Refuse): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view) ?? refuse("it does not end with the directory of a zip archive");
  const files = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  refuseZip64(files === 0xffff || size === 0xffff_ffff || start === 0xffff_ffff, refuse);
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== files)
    refuse("it is one part of an archive in several parts");
  if (start + size !== end)
    refuse(`its directory should take bytes ${start} to ${start + size}, but it ends at byte ${end}`);
  const entries: { entry: ZipEntry; local: number }[] = [];
  const names = new Set<string>();
  let at = start;
  for (let i = 0; i < files; i++) {
    const found = readEntry(view, at, end, start, refuse);
    const { name } = found.entry;
    if (names.has(name)) refuse(`it has two files of the name ${quote(name)}`);
    names.add(name);
    entries.push(found);
    at = found.next;
  }
  if (at !== end) refuse(`its directory of ${files} files should end at byte ${end}, but ends at byte ${at}`);
  checkNoOverlap(entries, refuse);
  return entries.map(({ entry }) => entry);
}

/** The end record is the last thing in the file, but for a comment that it gives the length of. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === endSignature && view.getUint16(at + 20, true) === last - at) return at;
  }
  return undefined;
}

function readEntry(view: DataView, at: number, directoryEnd: number, dataEnd: number, refuse: Refuse) {
  if (at + entryBytes > directoryEnd || view.getUint32(at, true) !== entrySignature) {
    refuse(`its directory should name a file at byte ${at}, but does not`);
  }
  const [packed, size, local] = [
    view.getUint32(at + 20, true),
    view.getUint32(at + 24, true),
    view.getUint32(at + 42, true),
  ];
  const nameBytes = view.getUint16(at + 28, true);
  const next = at + entryBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > directoryEnd) refuse(`its directory's entry at byte ${at} runs over the directory's end`);
  const name = decodeName(bytesAt(view, at + entryBytes, nameBytes), refuse);
  refuseZip64(packed === 0xffff_ffff || size === 0xffff_ffff || local === 0xffff_ffff, refuse);
  if (view.getUint16(at + 8, true) & 1) refuse(`${quote(name)} is encrypted`, "Pack it without a password.");
  const start = findData(view, local, dataEnd, bytesAt(view, at + entryBytes, nameBytes));
  if (start === undefined || start + packed > dataEnd) {
    return refuse(`${quote(name)} should be at byte ${local} and take ${packed} bytes, but is not there`);
  }
  const entry: ZipEntry = {
    name,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    size,
    start,
    end: start + packed,
  };
  return { entry, local, next };
}

/** Where a file's bytes begin: behind a header of its own, which repeats its name. */
function findData(view: DataView, local: number, dataEnd: number, name: Uint8Array): number | undefined {
  if (local + localBytes > dataEnd || view.getUint32(local, true) !== localSignature) return undefined;
  const nameEnd = local + localBytes + view.getUint16(local + 26, true);
  const start = nameEnd + view.getUint16(local + 28, true);
  if (start > dataEnd) return undefined;
  const ownName = bytesAt(view, local + localBytes, nameEnd - local - localBytes);
  return ownName.length === name.length && ownName.every((byte, i) => byte === name[i]) ? start : undefined;
}

const bytesAt = (view: DataView, at: number, length: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + at, length);

function decodeName(bytes: Uint8Array, refuse: Refuse): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("a name in it is no UTF-8 text");
  }
}

function refuseZip64(isZip64: boolean, refuse: Refuse): void {
  if (isZip64) {
    refuse(
      "it needs zip64, the extension for more than 4 GiB or 65,534 files, which is not read here",
      "Split it, or save as safetensors.",
    );
  }
}

/** Files that share bytes are what zip bombs are made of. */
function checkNoOverlap(entries: readonly { entry: ZipEntry; local: number }[], refuse: Refuse): void {
  let end = 0;
  for (const { entry, local } of [...entries].sort((a, b) => a.local - b.local)) {
    if (local < end) refuse(`${quote(entry.name)} overlaps the file before it`);
    end = entry.end;
  }
}
