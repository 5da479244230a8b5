import { FormatError, tensor, zeros } from "@pointwise/tensor";
import { deflateSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { decodeNpz, encodeNpy, encodeNpz } from "../src/index.ts";
import { crc32 } from "../src/zip/crc32.ts";

test("the checksum of RFC 1952's kind", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926); // the check value that all catalogues of CRCs give
  expect(crc32(new Uint8Array())).toBe(0);
});

const stored = encodeNpz(
  new Map([
    ["a", tensor([1, 2])],
    ["b", tensor([3])],
  ]),
);
const packed = encodeNpz(new Map([["a", zeros([1000])]]), { compress: true });

/** Where the end record begins, where the directory does, and where its entry of the number does; there are no comments. */
function places(zip: Uint8Array, entry = 0) {
  const view = new DataView(zip.buffer);
  const end = zip.length - 22;
  const directory = view.getUint32(end + 16, true);
  let at = directory;
  for (let i = 0; i < entry; i++) at += 46 + view.getUint16(at + 28, true);
  return { end, directory, entry: at };
}

/** A copy with a field changed. */
function changed(zip: Uint8Array, at: number, value: number, bytes: 2 | 4 = 2): Uint8Array {
  const copy = Uint8Array.from(zip);
  if (bytes === 2) new DataView(copy.buffer).setUint16(at, value, true);
  else new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

const { end, directory, entry } = places(stored);
const second = places(stored, 1).entry;
const inPacked = places(packed).entry;
const fieldOf = (zip: Uint8Array, at: number) => new DataView(zip.buffer).getUint32(at, true);

test.each<[rule: string, bytes: Uint8Array, message: string]>([
  [
    "a directory at the end",
    new Uint8Array(100),
    "it does not end with the directory of a zip archive. Was it cut off",
  ],
  [
    "a directory at the very end",
    Uint8Array.from([...stored, 0]),
    "it does not end with the directory of a zip archive",
  ],
  ["one part", changed(stored, end + 4, 1), "it is one part of an archive in several parts"],
  ["one count of files", changed(stored, end + 8, 1), "it is one part of an archive in several parts"],
  ["a directory before its end", changed(stored, end + 16, directory + 1, 4), "but it ends at byte"],
  [
    "as many files as announced",
    changed(changed(stored, end + 8, 3), end + 10, 3),
    "its directory should name a file at byte",
  ],
  [
    "no more files than announced",
    changed(changed(stored, end + 8, 1), end + 10, 1),
    "its directory of 1 files should end at byte",
  ],
  ["entries within the directory", changed(stored, entry + 28, 5000), "runs over the directory's end"],
  [
    "no zip64",
    changed(stored, end + 10, 0xffff),
    "it needs zip64, the extension for more than 4 GiB or 65,534 files, which is not read here",
  ],
  ["no file in zip64", changed(stored, entry + 20, 0xffffffff, 4), "it needs zip64"],
  ["no passwords", changed(stored, entry + 8, 1), `"a.npy" is encrypted. Pack it without a password.`],
  [
    "stored or deflated",
    changed(stored, entry + 10, 12),
    `"a.npy" is compressed by method 12, but only 0 (stored) and 8 (deflate) are read`,
  ],
  [
    "stored files as long as announced",
    changed(stored, entry + 24, 5, 4),
    `"a.npy" is stored in 136 bytes, but announced as 5`,
  ],
  [
    "files where the directory says",
    changed(stored, entry + 42, 1, 4),
    `"a.npy" should be at byte 1 and take 136 bytes, but is not there`,
  ],
  [
    "files before the directory",
    changed(stored, entry + 20, 5000, 4),
    `"a.npy" should be at byte 0 and take 5000 bytes, but is not there`,
  ],
  ["the same name at both places", changed(stored, 30, 0x7878), `"a.npy" should be at byte 0`],
  [
    "no two files of a name",
    changed(changed(stored, second + 46, 0x2e61), fieldOf(stored, second + 42) + 30, 0x2e61),
    `it has two files of the name "a.npy"`,
  ],
  ["names in UTF-8", changed(stored, entry + 46, 0xffff), "a name in it is no UTF-8 text"],
  [
    "no overlap",
    changed(changed(stored, entry + 20, 200, 4), entry + 24, 200, 4),
    `"b.npy" overlaps the file before it`,
  ],
  ["the checksum", changed(stored, entry + 16, 1, 4), `the checksum of "a.npy" is wrong`],
  [
    "sizes that deflate can reach",
    changed(packed, inPacked + 24, 1_000_000, 4),
    `"a.npy" cannot unpack from ${fieldOf(packed, inPacked + 20)} bytes to the 1000000 that are announced`,
  ],
  [
    "no more than announced",
    changed(packed, inPacked + 24, 4000, 4),
    `"a.npy": it unpacks to more than the 4000 bytes that the archive announces`,
  ],
  [
    "no less than announced",
    changed(packed, inPacked + 24, 5000, 4),
    `"a.npy": it unpacks to 4128 bytes, but the archive announces 5000`,
  ],
  ["deflated data", changed(packed, 35, 0xffff), `"a.npy": its compressed data are damaged`],
])("%s", (_, bytes, message) => {
  expect(() => decodeNpz(bytes, "data/x.npz")).toThrow(FormatError);
  expect(() => decodeNpz(bytes, "data/x.npz")).toThrow("Cannot read data/x.npz as npz: ");
  expect(() => decodeNpz(bytes, "data/x.npz")).toThrow(message);
});

test("a comment, and bytes of other kinds between files, do no harm", () => {
  const comment = new TextEncoder().encode("PK\u0005\u0006 is how a directory ends");
  const commented = Uint8Array.from([...stored, ...comment]);
  new DataView(commented.buffer).setUint16(end + 20, comment.length, true);
  expect(decodeNpz(commented, "x.npz").get("a")!.toArray()).toEqual([1, 2]);
});

describe("zip bombs", () => {
  const large = zeros([300, 1000]);

  test("arrays that take more than allowed are not unpacked", () => {
    const bomb = encodeNpz(
      new Map([
        ["a", large],
        ["b", large],
      ]),
      { compress: true },
    );
    expect(bomb.length).toBeLessThan(4000);
    const bytes = 2 * (1_200_000 + 128);
    expect(() => decodeNpz(bomb, "x.npz", { maxBytes: bytes - 1 })).toThrow(FormatError);
    expect(() => decodeNpz(bomb, "x.npz", { maxBytes: bytes - 1 })).toThrow(
      `Cannot read x.npz as npz: unpacked it would take ${bytes} bytes, but ${bytes - 1} are allowed. If you trust it, raise maxBytes.`,
    );
    expect(decodeNpz(bomb, "x.npz", { maxBytes: bytes }).size).toBe(2);
  });

  test("stored arrays are as large as the file, and always allowed", () => {
    expect(decodeNpz(encodeNpz(new Map([["a", large]])), "x.npz", { maxBytes: 0 }).size).toBe(1);
  });

  test("a file that announces less than it has is stopped at what it announces", () => {
    const bomb = encodeNpz(new Map([["a", large]]), { compress: true });
    const announced = changed(bomb, places(bomb).entry + 24, 1000, 4);
    expect(() => decodeNpz(announced, "x.npz")).toThrow(
      "it unpacks to more than the 1000 bytes that the archive announces",
    );
  });

  test("bytes that give nothing are not read on and on", () => {
    const ended = new Uint8Array(2 ** 20);
    ended.set(deflateSync(encodeNpy(tensor([1]))));
    const zip = Uint8Array.from(zipSync({ "a.npy": ended }, { level: 0 }));
    const { entry } = places(zip);
    const lying = changed(changed(zip, entry + 10, 8), entry + 24, 132, 4);
    expect(() => decodeNpz(lying, "x.npz")).toThrow(FormatError);
    expect(() => decodeNpz(lying, "x.npz")).toThrow(
      `"a.npy": of its 1048576 compressed bytes, those after byte 147456 give nothing`,
    );
  });
});
