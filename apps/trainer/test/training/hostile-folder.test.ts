import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeSafetensors } from "@pointwise/formats";
import { UsageError } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { loadDataset } from "../../src/datasets/index.ts";
import { writeAtomically } from "../../src/files/write-atomically.ts";
import { parseConfig, type RunConfig } from "../../src/training/config.ts";
import { loadTrainedModel } from "../../src/training/load-model.ts";
import { rewindMetrics } from "../../src/training/metrics-log.ts";
import { RunFolder } from "../../src/training/run-folder.ts";
import { randomStreams, TrainingState } from "../../src/training/training-state.ts";
import { temporaryFolder } from "../datasets/temporary-folder.ts";

const config: RunConfig = {
  ...{ model: "mlp", dataset: "spiral", dataDir: null, epochs: 2, batchSize: 8, optimizer: "adam", lr: 0.01 },
  ...{ weightDecay: 0, momentum: 0, schedule: "none", clipNorm: null, augment: false, seed: 1, eager: true },
  ...{ patience: 0, data: { classes: ["a", "b"], inputShape: [2], mean: [0, 0], std: [1, 1] } },
};

function stateOf(): TrainingState {
  const { model, shuffle, augment } = randomStreams(1);
  return new TrainingState(config, { model, shuffle, augment }, 4);
}

/** A run in a folder, and a file beside it that is none of its business. */
function runBesideSecret() {
  const around = temporaryFolder({ secret: "secret" });
  const path = join(around, "run");
  mkdirSync(path);
  const run = new RunFolder(path);
  run.writeConfig(config);
  run.writeCheckpoint("best", { tensors: stateOf().model.stateDict(), metadata: { epoch: "1" } });
  return { path, secret: join(around, "secret"), around };
}

const unix = process.platform !== "win32"; // where links need no permission, and pipes are files

describe.runIf(unix)("a run's folder with what is no file of its own", () => {
  test.each(
    [
      "config.json",
      "metrics.jsonl",
      "best.safetensors",
      "last.safetensors",
      "last.previous.safetensors",
      "run.lock",
    ].flatMap((name) => [[name, "secret"] as const, [name, "nothing"] as const]),
  )("%s that is a link to %s beside the folder is refused, and nothing is written there", (name, target) => {
    const { path, around, secret } = runBesideSecret();
    rmSync(join(path, name), { force: true });
    symlinkSync(join(around, target), join(path, name));
    expect(() => RunFolder.openToTrain(path)).toThrow(UsageError);
    expect(() => loadTrainedModel(path)).toThrow(UsageError);
    if (existsSync(join(path, "config.json")))
      expect(() => loadTrainedModel(path)).toThrow(/is a link. A run is a folder/);
    expect(readFileSync(secret, "utf8")).toBe("secret");
    expect(readdirSync(around).sort()).toEqual(["run", "secret"]);
  });

  test.each(["metrics.jsonl", "run.lock"])("%s that is a pipe is refused, not waited for", (name) => {
    const { path } = runBesideSecret();
    execFileSync("mkfifo", [join(path, name)]);
    expect(() => RunFolder.openToTrain(path)).toThrow(/is a pipe or a device. A run is a folder of plain files/);
  });

  test("a new run in a folder with a link where it writes first writes to no other file", () => {
    const { around, secret } = runBesideSecret();
    const path = join(around, "new");
    mkdirSync(path);
    symlinkSync(secret, join(path, "config.json.tmp"));
    const run = RunFolder.create(path);
    run.writeConfig(config);
    run.close();
    expect(readFileSync(secret, "utf8")).toBe("secret");
    expect(run.readConfig()).toEqual(config);
    symlinkSync(secret, join(around, "file.tmp"));
    writeAtomically(join(around, "file"), "new");
    expect([readFileSync(secret, "utf8"), readFileSync(join(around, "file"), "utf8")]).toEqual(["secret", "new"]);
  });
});

describe.runIf(unix)("a data set's folder", () => {
  test("may have links to files, which are only read", async () => {
    const [elsewhere, dataDir] = [temporaryFolder({ "x.csv": "1,a\n2,b\n3,a\n4,b\n5,a\n" }), temporaryFolder()];
    symlinkSync(join(elsewhere, "x.csv"), join(dataDir, "y.csv"));
    expect((await loadDataset("csv", { dataDir, seed: 1 })).classes).toEqual(["a", "b"]);
  });

  test.each([
    ["csv", "x.csv", "/dev/zero"],
    ["csv", "x.csv", "nowhere"],
    ["mnist", "train-images-idx3-ubyte", "/dev/zero"],
    ["cifar10", "batches.meta.txt", "/dev/zero"],
  ])("%s: %s that leads to %s is refused, not read without end", async (name, file, target) => {
    const names = ["train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"].map((part) => `${part}-ubyte`);
    const batches = [...[1, 2, 3, 4, 5].map((n) => `data_batch_${n}`), "test_batch"].map((part) => `${part}.bin`);
    const record = new Uint8Array(3073);
    const files = { mnist: names, cifar10: batches, csv: [] }[name]!;
    const dataDir = temporaryFolder(Object.fromEntries(files.map((file) => [file, record])));
    symlinkSync(target, join(dataDir, file));
    await expect(loadDataset(name, { dataDir, seed: 1 })).rejects.toThrow(UsageError);
    await expect(loadDataset(name, { dataDir, seed: 1 })).rejects.toThrow(/no plain file|does not exist/);
  });

  test("a pipe in a run's config.json is refused as its data", async () => {
    const pipe = join(temporaryFolder(), "pipe");
    execFileSync("mkfifo", [pipe]);
    await expect(loadDataset("csv", { dataDir: pipe, seed: 1 })).rejects.toThrow("no plain file");
  });
});

describe("lists nested deeper than the stack", () => {
  const deep = "[".repeat(50_000) + "]".repeat(50_000);

  test("as an epoch in metrics.jsonl: a line that is dropped", () => {
    const file = join(
      temporaryFolder({ "metrics.jsonl": `{"event":"epoch","epoch":${deep}}\n{"event":"epoch","epoch":1}\n` }),
      "metrics.jsonl",
    );
    rewindMetrics(file, 1);
    expect(readFileSync(file, "utf8")).toBe('{"event":"epoch","epoch":1}\n');
  });

  test("in entries that nobody knows: neither kept nor written again", () => {
    const json = JSON.stringify(config)
      .replace("{", `{"other":${deep},"__proto__":{"epochs":9},`)
      .replace('"data":{', `"data":{"other":${deep},`);
    expect(parseConfig(json, "config.json")).toEqual(config);
    const state = stateOf();
    const { tensors, metadata } = state.checkpoint();
    const position = metadata.position!.replace("{", `{"other":${deep},"__proto__":{"batch":9},`);
    state.restore({ tensors, metadata: { position } }, "last.safetensors");
    expect(encodeSafetensors(state.checkpoint())).toEqual(encodeSafetensors(stateOf().checkpoint()));
    expect(Object.getPrototypeOf(state.position)).toBe(Object.prototype);
  });

  test("written as config.json of a run: read and written again", () => {
    const { path } = runBesideSecret();
    writeFileSync(join(path, "config.json"), JSON.stringify(config).replace("{", `{"other":${deep},`));
    const run = RunFolder.openToTrain(path);
    run.writeConfig(run.readConfig());
    expect(run.readConfig()).toEqual(config);
    run.close();
  });
});
