import { type Tensor, UsageError } from "@pointwise/tensor";
import { quote, type Refuse, refusing } from "../refuse.ts";
import { decodeEntry } from "./decode.ts";
import { headerLength, parseHeader, prefixBytes, type SafetensorsEntry, type SafetensorsHeader } from "./header.ts";

/** Bytes that are read where they are needed: a file of Node, or a Blob of the browser. */
export interface ByteSource {
  /** Of all bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset` on, which are within `size`. */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}

/**
 * Reads the header of a safetensors file, and later only the tensors that are asked for: a file may be larger than the memory.
 *
 * ```ts
 * const handle = await open("model.safetensors"); // of node:fs/promises
 * const { size } = await handle.stat();
 * const read = async (at: number, length: number) => {
 *   const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, at);
 *   return buffer.subarray(0, bytesRead); // fewer, if the file has become shorter
 * };
 * const file = await openSafetensors({ size, read }, "model.safetensors");
 * const bias = await file.read("fc.bias");
 * ```
 * In a browser: `read = async (at, length) => new Uint8Array(await blob.slice(at, at + length).arrayBuffer())`.
 * @param file its name, for errors
 * @throws FormatError (the promise rejects) that says what is wrong with the file
 */
export async function openSafetensors(source: ByteSource, file: string): Promise<SafetensorsReader> {
  const refuse = refusing(file, "safetensors");
  const prefix = await readExactly(source, 0, Math.min(prefixBytes, source.size), refuse);
  const length = headerLength(prefix, source.size, refuse);
  const header = await readExactly(source, prefixBytes, length, refuse);
  return new SafetensorsReader(source, file, parseHeader(header, source.size, refuse));
}

/** An open safetensors file: what it holds, and its tensors one by one. See {@link openSafetensors}. */
export class SafetensorsReader {
  /** By name, in the header's order. */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
  private readonly source: ByteSource;
  private readonly file: string;

  /** Use {@link openSafetensors}. */
  constructor(source: ByteSource, file: string, { entries, metadata }: SafetensorsHeader) {
    this.source = source;
    this.file = file;
    this.entries = entries;
    this.metadata = metadata;
  }

  /**
   * Reads one tensor, with dtypes as `decodeSafetensors` gives them.
   * @throws UsageError (the promise rejects) if there is none of the name, FormatError if the file ends early or a value does not fit
   */
  async read(name: string): Promise<Tensor> {
    const entry = this.entries.get(name);
    if (!entry) {
      const names = [...this.entries.keys()].slice(0, 20).map(quote).join(", ");
      throw new UsageError(`read: ${this.file} has no tensor ${quote(name)}. It has ${this.entries.size}: ${names}.`);
    }
    const refuse = refusing(this.file, "safetensors");
    const bytes = await readExactly(this.source, entry.start, entry.end - entry.start, refuse);
    return decodeEntry(name, entry, bytes, refuse);
  }
}

async function readExactly(source: ByteSource, offset: number, length: number, refuse: Refuse): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) {
    refuse(
      `${length} bytes were asked for at byte ${offset}, but ${bytes.length} came`,
      "Was it changed while it is read?",
    );
  }
  return bytes;
}
