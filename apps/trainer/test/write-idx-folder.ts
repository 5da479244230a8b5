import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Picture {
  /** One byte a pixel, square. */
  readonly pixels: readonly number[];
  readonly label: number;
}

/** The four IDX files of MNIST and its kin, with the same pictures for training and testing. */
export function writeIdxFolder(folder: string, pictures: readonly Picture[]): void {
  mkdirSync(folder, { recursive: true });
  const side = Math.sqrt(pictures[0]!.pixels.length);
  const images = idx(
    [pictures.length, side, side],
    pictures.flatMap(({ pixels }) => pixels),
  );
  const labels = idx(
    [pictures.length],
    pictures.map(({ label }) => label),
  );
  for (const part of ["train", "t10k"]) {
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), images);
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), labels);
  }
}

function idx(dims: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.set([0, 0, 8, dims.length]);
  for (const [i, d] of dims.entries()) header.writeUInt32BE(d, 4 + 4 * i);
  return Buffer.concat([header, Uint8Array.from(values)]);
}
