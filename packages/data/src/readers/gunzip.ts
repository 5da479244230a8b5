import { FormatError } from "@pointwise/tensor";
import { mismatch, plural } from "./format-error.ts";

/** Whether the bytes begin as a gzip file does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Decompresses a gzip file, in Node and in browsers.
 * @see https://www.rfc-editor.org/rfc/rfc1952
 * @param file its name, for errors.
 * @throws FormatError (the promise rejects) if it is no gzip file, is cut short, or fails its checksum.
 */
export async function gunzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  if (!isGzip(bytes)) {
    const found = bytes.length === 0 ? "an empty file" : `${[...bytes.subarray(0, 2)].join(" ")}`;
    throw mismatch({ file, at: 0, expected: "the two bytes 31 139 that a gzip file begins with", found });
  }
  // The copy is also what admits bytes on shared memory.
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new FormatError(
      `${file}: expected ${plural(bytes.length, "byte")} of gzip data, but they do not decompress: ` +
        `${cause instanceof Error ? cause.message : String(cause)}. The file is cut short or damaged: get it again.`,
      { cause },
    );
  }
}
