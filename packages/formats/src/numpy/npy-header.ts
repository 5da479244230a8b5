import type { Shape } from "@pointwise/tensor";
import { quote, type Refuse, writerAtFault } from "../refuse.ts";
import { type NpyType, parseDescr } from "./descr.ts";
import { parseHeaderLiteral } from "./header-literal.ts";

export interface NpyHeader {
  readonly type: NpyType;
  readonly shape: Shape;
  /** Whether the first index runs fastest, instead of the last one. */
  readonly fortranOrder: boolean;
  /** Where the values begin, in bytes from the start of the file. */
  readonly dataStart: number;
}

/** What every npy file begins with: the byte 0x93 and NUMPY. */
export const npyMagic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy's own bound, `max_header_size`. */
const longestHeader = 10_000;

const cure = writerAtFault("numpy.save");

/** @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function parseNpyHeader(bytes: Uint8Array, refuse: Refuse): NpyHeader {
  if (!npyMagic.every((byte, i) => bytes[i] === byte)) refuse("it does not begin with \\x93NUMPY");
  const [major, minor] = [bytes[6], bytes[7]];
  if (major === undefined || minor === undefined)
    return refuse(`it ends after ${bytes.length} bytes, within its version`);
  if (major < 1 || major > 3 || minor !== 0)
    refuse(`it is of version ${major}.${minor}, but there are 1.0, 2.0 and 3.0`, cure);
  const lengthBytes = major === 1 ? 2 : 4;
  const headerStart = 8 + lengthBytes;
  if (bytes.length < headerStart) refuse(`it ends after ${bytes.length} bytes, within its header's length`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = headerStart + length;
  if (dataStart > bytes.length)
    refuse(`its header should have ${length} bytes, but ${bytes.length - headerStart} are there`);
  if (length > longestHeader) refuse(`its header has ${length} bytes, but at most ${longestHeader} are read`, cure);
  const entries = parseHeaderLiteral(decodeText(bytes.subarray(headerStart, dataStart), major, refuse), refuse);
  const type = parseDescr(entries.get("descr"), refuse);
  const [shape, fortranOrder] = [entries.get("shape"), entries.get("fortran_order")];
  if (entries.size !== 3 || !Array.isArray(shape) || typeof fortranOrder !== "boolean") {
    const names = [...entries.keys()].map(quote).join(", ");
    return refuse(
      `its header should say descr, fortran_order (True or False) and shape (a tuple), but has ${names}`,
      cure,
    );
  }
  return { type, shape, fortranOrder, dataStart };
}

/** Versions 1 and 2 are Latin-1, which for all that is read here is ASCII; version 3 is UTF-8. */
function decodeText(bytes: Uint8Array, major: number, refuse: Refuse): string {
  try {
    return new TextDecoder(major === 3 ? "utf-8" : "latin1", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("its header is no UTF-8 text");
  }
}
