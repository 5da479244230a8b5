import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encodeSafetensors } from "@pointwise/formats";
import { idxBytes } from "../../../../packages/data/test/idx-bytes.ts";
import { loadDataset } from "../../src/datasets/index.ts";
import { encodeCheckpoint } from "../../src/training/checkpoint-file.ts";
import type { RunConfig } from "../../src/training/config.ts";
import { loadTrainedModel } from "../../src/training/load-model.ts";
import { hasTest, rewindMetrics } from "../../src/training/metrics-log.ts";
import { RunFolder } from "../../src/training/run-folder.ts";
import { randomStreams, TrainingState } from "../../src/training/training-state.ts";
import { damage, joinBytes } from "./damage.ts";
import type { Parser } from "./parsers.ts";

type Files = Readonly<Record<string, Uint8Array>>;

/** In memory where the system has such a folder: what is written is brought to the disk each time, which takes long. */
const root = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/**
 * A reader of a folder, one of whose files is damaged: the first byte of what is tried says which, the rest is its content. Around the folder
 * nothing may be written.
 */
function folderParser(name: string, files: Files, read: (folder: string) => unknown): Parser {
  const names = Object.keys(files);
  const packed = (which: number, content: Uint8Array) => joinBytes(Uint8Array.of(which), content);
  let around: string | undefined;
  return {
    name,
    intact: names.map((file, i) => packed(i, files[file]!)),
    make: (draw) => {
      const which = draw(names.length);
      return packed(which, damage(files[names[which]!]!, draw));
    },
    async read(bytes) {
      if (around === undefined) {
        const made = mkdtempSync(join(root, "pointwise-fuzz-"));
        process.once("exit", () => rmSync(made, { recursive: true }));
        around = made;
      }
      const folder = join(around, "folder");
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      for (const file of names) writeFileSync(join(folder, file), files[file]!);
      writeFileSync(join(folder, names[bytes[0]!]!), bytes.subarray(1));
      const [outcome] = await Promise.allSettled([(async () => read(folder))()]);
      const beside = readdirSync(around);
      if (beside.length > 1) throw new Error(`made files beside its folder: ${beside}`);
      if (outcome.status === "rejected") throw outcome.reason;
    },
  };
}

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

const labels = Uint8Array.from({ length: 6 }, (_, i) => i);
const idxFolder: Files = {
  "train-images-idx3-ubyte": idxBytes(
    8,
    [6, 3, 3],
    new Uint8Array(54).map((_, i) => i),
  ),
  "train-labels-idx1-ubyte": idxBytes(8, [6], labels),
  "t10k-images-idx3-ubyte.gz": Uint8Array.from(gzipSync(idxBytes(8, [6, 3, 3], new Uint8Array(54)))),
  "t10k-labels-idx1-ubyte.gz": Uint8Array.from(gzipSync(idxBytes(8, [6], labels))),
};

const record = Uint8Array.from({ length: 3073 }, (_, i) => i % 10);
const cifarFolder: Files = {
  ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`data_batch_${n}.bin`, record])),
  "test_batch.bin": record,
  "batches.meta.txt": text("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"),
};

const csvFolder: Files = { "samples.csv": text(`x,y,label\n${"1,2,a\n3,-4.5e1,b\n".repeat(5)}`) };

const epoch = { event: "epoch", epoch: 1, trainLoss: 1, trainAccuracy: 0.5, validationLoss: 1.5, lr: 0.1, best: true };
const metrics = [epoch, { ...epoch, epoch: 2, best: false }, { event: "test", epoch: 1, testLoss: 1 }];

function stateOf(config: RunConfig): TrainingState {
  const { model, shuffle, augment } = randomStreams(1);
  return new TrainingState(config, { model, shuffle, augment }, 4);
}

function runFolder(config: RunConfig): Files {
  const state = stateOf(config);
  Object.assign(state.position, { epoch: 1, bestEpoch: 1, bestLoss: 1.5 });
  const { tensors, metadata } = state.checkpoint();
  // With entries that nobody knows, which may become anything.
  const position = JSON.stringify({ other: 1, ...state.position });
  return {
    "config.json": text(JSON.stringify({ other: 1, ...config, data: { other: 1, ...config.data } }, null, 2)),
    "metrics.jsonl": text(metrics.map((line) => `${JSON.stringify(line)}\n`).join("")),
    "best.safetensors": encodeCheckpoint({ tensors: state.model.stateDict(), metadata: { epoch: "1" } }),
    // Without a checksum, so that damage gets past it.
    "last.safetensors": encodeSafetensors({ tensors, metadata: { ...metadata, position } }),
    "last.previous.safetensors": encodeCheckpoint(state.checkpoint()),
  };
}

/** What `predict` and `train --resume` do with a run before they compute anything. */
function readRun(path: string): void {
  const run = RunFolder.openToTrain(path);
  try {
    const config = run.readConfig();
    const state = stateOf(config);
    const last = run.readLast();
    if (last) state.restore(last.checkpoint, last.file);
    hasTest(run.file("metrics.jsonl"));
    rewindMetrics(run.file("metrics.jsonl"), state.position.epoch);
    run.writeConfig(config);
    run.writeLast(state.checkpoint());
  } finally {
    run.close();
  }
  loadTrainedModel(path);
}

/** @param config of a small model that runs op by op */
export const folderParsers = (config: RunConfig): readonly Parser[] => [
  folderParser("folder of IDX files", idxFolder, (dataDir) => loadDataset("mnist", { dataDir, seed: 1 })),
  folderParser("folder of CIFAR-10", cifarFolder, (dataDir) => loadDataset("cifar10", { dataDir, seed: 1 })),
  folderParser("folder of CSV", csvFolder, (dataDir) => loadDataset("csv", { dataDir, seed: 1 })),
  folderParser("folder of a run", runFolder(config), readRun),
];
