import { FormatError } from "@pointwise/tensor";
import { mismatch, plural } from "./format-error.ts";

/** Whether the bytes begin as a gzip file does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export interface GunzipOptions {
  /** How many bytes it may unpack to; 1 GiB unless said otherwise. A small file can unpack to a thousand times its size. */
  readonly maxBytes?: number;
}

/**
 * Decompresses a gzip file, in Node and in browsers.
 * @see https://www.rfc-editor.org/rfc/rfc1952
 * @param file its name, for errors.
 * @throws FormatError (the promise rejects) if it is no gzip file, is cut short, fails its checksum, or unpacks to more than `maxBytes`.
 */
export async function gunzip(bytes: Uint8Array, file: string, options: GunzipOptions = {}): Promise<Uint8Array> {
  const { maxBytes = 2 ** 30 } = options;
  if (!isGzip(bytes)) {
    const found = bytes.length === 0 ? "an empty file" : `${[...bytes.subarray(0, 2)].join(" ")}`;
    throw mismatch({ file, at: 0, expected: "the two bytes 31 139 that a gzip file begins with", found });
  }
  // The copy is also what admits bytes on shared memory.
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return await readAtMost(stream, maxBytes, file);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(
      `${file}: expected ${plural(bytes.length, "byte")} of gzip data, but they do not decompress: ` +
        `${cause instanceof Error ? cause.message : String(cause)}. The file is cut short or damaged: get it again.`,
      { cause },
    );
  }
}

async function readAtMost(stream: ReadableStream<Uint8Array>, maxBytes: number, file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw new FormatError(
        `${file}: expected gzip data that unpack to no more than ${maxBytes} bytes, but they go on. If you trust the file, raise maxBytes.`,
      );
    }
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
