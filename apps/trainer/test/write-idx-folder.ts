import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Picture {
  /** One byte a pixel, square. */
  readonly pixels: readonly number[];
  readonly label: number;
}

/** The four IDX files of MNIST and its kin. The pictures for testing are those for training, unless others are given. */
export function writeIdxFolder(folder: string, train: readonly Picture[], test: readonly Picture[] = train): void {
  mkdirSync(folder, { recursive: true });
  for (const [part, pictures] of Object.entries({ train, t10k: test })) {
    const side = Math.sqrt(pictures[0]!.pixels.length);
    const pixels = pictures.flatMap((picture) => picture.pixels);
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idx([pictures.length, side, side], pixels));
    const labels = pictures.map(({ label }) => label);
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), idx([pictures.length], labels));
  }
}

function idx(dims: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.set([0, 0, 8, dims.length]);
  for (const [i, d] of dims.entries()) header.writeUInt32BE(d, 4 + 4 * i);
  return Buffer.concat([header, Uint8Array.from(values)]);
}
