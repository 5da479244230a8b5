import { Inflate } from "fflate";
import type { Refuse } from "../refuse.ts";

/** Deflate's best: 258 bytes for two bits. */
export const highestRatio = 1032;

/** So that one piece unpacks to 16 MiB at most, which is what is in memory beside the result. */
const pieceBytes = 2 ** 14;

/**
 * A stored block gives nothing before its 64 KiB are there. After more pieces than that the data have ended; the library would
 * gather what follows, and copy all of it for each further piece.
 */
const mostDryPieces = 8;

/**
 * Unpacks deflated bytes, and stops as soon as there are more than announced.
 * @param size how many bytes there must be: it is allocated, so check it against {@link highestRatio} first.
 */
export function inflate(deflated: Uint8Array, size: number, refuse: Refuse): Uint8Array {
  const out = new Uint8Array(size);
  let [at, filled, dryPieces] = [0, 0, 0];
  const stream = new Inflate((chunk) => {
    dryPieces = chunk.length > 0 ? 0 : dryPieces + 1;
    if (filled + chunk.length > size) throw new Overrun();
    out.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (; at < deflated.length && dryPieces < mostDryPieces; at += pieceBytes) {
      stream.push(deflated.subarray(at, at + pieceBytes), at + pieceBytes >= deflated.length);
    }
  } catch (error) {
    if (error instanceof Overrun) refuse(`it unpacks to more than the ${size} bytes that the archive announces`);
    refuse(`its compressed data are damaged (${error instanceof Error ? error.message : String(error)})`);
  }
  if (at < deflated.length) refuse(`of its ${deflated.length} compressed bytes, those after byte ${at} give nothing`);
  if (filled !== size) refuse(`it unpacks to ${filled} bytes, but the archive announces ${size}`);
  return out;
}

/** Leaves the library from within its callback. */
class Overrun extends Error {}
