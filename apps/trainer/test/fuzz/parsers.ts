import { gzipSync } from "node:zlib";
import { gunzip, isGzip, parseCifar10, parseCsv, parseIdx, parseIdxImages } from "@pointwise/data";
import {
  decodeNpy,
  decodeNpz,
  decodeSafetensors,
  encodeNpy,
  encodeNpz,
  encodeSafetensors,
  openSafetensors,
} from "@pointwise/formats";
import { FormatError, Rng, tensor, zeros } from "@pointwise/tensor";

import { idxBytes } from "../../../../packages/data/test/idx-bytes.ts";
import { mutate, mutateFields, tryModel } from "../../../../packages/formats/test/onnx-mutate.ts";
import { zipOf } from "../../../../packages/formats/test/zip-of.ts";
import { decodePng } from "../../src/datasets/decode-png.ts";
import { createModel } from "../../src/models/index.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/training/checkpoint-file.ts";
import { parseConfig, type RunConfig } from "../../src/training/config.ts";
import { randomStreams, TrainingState } from "../../src/training/training-state.ts";
import { damage } from "./damage.ts";
import { type Draw, pick } from "./draw.ts";
import { folderParsers } from "./folders.ts";
import { damagedPng, intactPngs } from "./png-files.ts";

export interface Parser {
  readonly name: string;
  /** Files that are read without complaint. */
  readonly intact: readonly Uint8Array[];
  /** A damaged file. */
  make(draw: Draw): Uint8Array;
  /** Reads it as the program would, and throws what refuses it. */
  read(bytes: Uint8Array): unknown;
}

const file = "file";
const text = (s: string): Uint8Array => new TextEncoder().encode(s);

const latin1 = (s: string): Uint8Array => Uint8Array.from(s, (char) => char.charCodeAt(0));

const tensors = new Map([
  [
    "fc.weight",
    tensor([
      [1, -2, 3.5],
      [4, 5, 6],
    ]),
  ],
  ["fc.bias", tensor([1, 2], { dtype: "float64" })],
  ["steps", tensor(Int32Array.of(7))],
  ["mask", tensor([true, false, true])],
  ["empty", zeros([0, 3])],
  ["scalar", tensor(1)],
]);
const safetensorsFiles = [
  encodeSafetensors({ tensors, metadata: { format: "pt" } }),
  encodeSafetensors({ tensors }, { floats: "F16", ints: "I64" }),
  encodeSafetensors({ tensors: new Map() }),
];
const npyFiles = [
  ...[...tensors.values()].map(encodeNpy),
  latin1(
    "\x93NUMPY\x01\x00\x46\x00{'descr': '>i8', 'fortran_order': True, 'shape': (1, 1), }".padEnd(79) +
      "\n\0\0\0\0\0\0\0\x05",
  ),
];
/** Archives whose checksums are right though an array in them is damaged, and bombs. */
function damagedNpz(draw: Draw): Uint8Array {
  switch (draw(4)) {
    case 0:
      return zipOf({ "a.npy": damage(pick(npyFiles, draw), draw), "b.npy": pick(npyFiles, draw) }, { mtime });
    case 1:
      return damage(bomb, draw);
    default:
      return damage(encodeNpz(tensors, { compress: draw(2) === 0 }), draw);
  }
}
/** Not the time at which they are made: a seed gives the same files on any day. */
const mtime = new Date(2000, 0, 1);
const bomb = zipOf({ "a.npy": encodeNpy(zeros([2 ** 20])), "b.npy": encodeNpy(zeros([2 ** 20])) }, { mtime });

const idxFiles = [
  [8, 1],
  [9, 1],
  [11, 2],
  [12, 4],
  [13, 4],
  [14, 8],
].map(([code, size]) =>
  Uint8Array.from([0, 0, code!, 2, 0, 0, 0, 3, 0, 0, 0, 2, ...new Array<number>(6 * size!).fill(1)]),
);
const gzipBomb = new Uint8Array(gzipSync(new Uint8Array(2 ** 22)));
function damagedIdx(draw: Draw): Uint8Array {
  const idx = damage(pick(idxFiles, draw), draw);
  if (draw(4) > 0) return idx;
  return pick([() => gzipSync(idx), () => damage(gzipSync(idx), draw), () => damage(gzipBomb, draw)], draw)();
}

/** As large as pictures are used: 200 of 28×28. */
const pictures = idxBytes(
  8,
  [200, 28, 28],
  Uint8Array.from({ length: 200 * 28 * 28 }, (_, i) => (i * i) % 251),
);
const pictureLabels = { bytes: idxBytes(8, [200], new Uint8Array(200).fill(3)), file };

const cifarFile = new Uint8Array(2 * 3073).fill(7);

const csvFiles = ['x,y,label\n1,2,a\n3,4.5,"b ""q"""\n-1e3,0,a\n', "1;2;0\r\n3;4;1\r\n", "a,b\n1,2\n\n3,4"].map(text);

const config: RunConfig = {
  model: "mlp",
  dataset: "spiral",
  dataDir: null,
  epochs: 2,
  batchSize: 8,
  optimizer: "adam",
  lr: 0.01,
  weightDecay: 0,
  momentum: 0,
  schedule: "one-cycle",
  clipNorm: null,
  augment: false,
  seed: 1,
  eager: true,
  patience: 0,
  data: { classes: ["a", "b"], inputShape: [2], mean: [0, 0], std: [1, 1] },
};
const configFiles = [config, { ...config, model: "lenet", data: { ...config.data, inputShape: [1, 28, 28] } }].map(
  (c) => text(JSON.stringify(c, null, 2)),
);

const { model, shuffle, augment } = randomStreams(1);
const state = new TrainingState(config, { model, shuffle, augment }, 4);
/** One has no checksum, so that damage gets past it. */
const checkpointFiles = [encodeCheckpoint(state.checkpoint()), encodeSafetensors(state.checkpoint())];

const damagedOf = (files: readonly Uint8Array[]) => ({
  intact: files,
  make: (draw: Draw) => damage(pick(files, draw), draw),
});

/** @param onnxFiles models that can be read */
export const parsers = (onnxFiles: readonly Uint8Array[]): readonly Parser[] => [
  {
    name: "safetensors",
    ...damagedOf(safetensorsFiles),
    read: (bytes) => decodeSafetensors(bytes, file),
  },
  {
    name: "safetensors by tensor",
    ...damagedOf(safetensorsFiles),
    async read(bytes) {
      const source = { size: bytes.length, read: (at: number, length: number) => bytes.slice(at, at + length) };
      const reader = await openSafetensors(source, file);
      for (const name of reader.entries.keys()) await reader.read(name);
    },
  },
  { name: "npy", ...damagedOf(npyFiles), read: (bytes) => decodeNpy(bytes, file) },
  { name: "npz", intact: [bomb, encodeNpz(tensors)], make: damagedNpz, read: (bytes) => decodeNpz(bytes, file) },
  {
    name: "ONNX",
    intact: onnxFiles,
    make: (draw) => pick([mutate, mutateFields, damage], draw)(pick(onnxFiles, draw), draw),
    read(bytes) {
      const outcome = tryModel(bytes);
      if (outcome !== "runs") throw new FormatError(outcome);
    },
  },
  {
    name: "IDX",
    intact: [...idxFiles, Uint8Array.from(gzipSync(idxFiles[0]!))],
    make: damagedIdx,
    read: async (bytes) => parseIdx(isGzip(bytes) ? await gunzip(bytes, file) : bytes, file),
  },
  {
    name: "IDX of pictures",
    intact: [pictures],
    make: (draw) => damage(pictures, draw),
    read: (bytes) => parseIdxImages({ bytes, file }, pictureLabels, 10),
  },
  { name: "CIFAR-10", ...damagedOf([cifarFile]), read: (bytes) => parseCifar10(bytes, file) },
  {
    name: "CSV",
    ...damagedOf(csvFiles),
    read: (bytes) => parseCsv(new TextDecoder().decode(bytes), { file, delimiter: bytes[1] === 0x3b ? ";" : "," }),
  },
  { name: "PNG", intact: intactPngs, make: damagedPng, read: (bytes) => decodePng(bytes, file) },
  {
    name: "checkpoint",
    ...damagedOf(checkpointFiles),
    read: (bytes) => state.restore(decodeCheckpoint(bytes, file), file),
  },
  {
    name: "config.json",
    ...damagedOf(configFiles),
    read(bytes) {
      const { model, data } = parseConfig(new TextDecoder().decode(bytes), file);
      createModel(model, { inputShape: data.inputShape, classes: data.classes.length, rng: new Rng(1) });
    },
  },
  ...folderParsers(config),
];
