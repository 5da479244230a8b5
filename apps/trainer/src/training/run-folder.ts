import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Safetensors } from "@pointwise/formats";
import { FormatError, UsageError } from "@pointwise/tensor";
import { lockFile } from "../files/lock-file.ts";
import { explainingFileErrors } from "../files/system-error.ts";
import { temporaryFor, writeAtomically } from "../files/write-atomically.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import { parseConfig, type RunConfig } from "./config.ts";

/** The folder that a run writes to. */
export class RunFolder {
  readonly path: string;
  private unlock: (() => void) | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * A new folder, or an empty one, that only this process writes to.
   * @throws UsageError if there is something in it, if it cannot be made, or if another process is at work there
   */
  static create(path: string): RunFolder {
    RunFolder.checkFree(path);
    explainingFileErrors(`Cannot make the folder ${path}`, "Choose another one with --out.", () =>
      mkdirSync(path, { recursive: true }),
    );
    const run = new RunFolder(path).checkPlain().lock();
    RunFolder.checkFree(path); // another process may have been quicker
    return run;
  }

  /** @throws UsageError if there is something in the folder; a start that was killed before anything was saved leaves nothing that counts */
  static checkFree(path: string): void {
    if (existsSync(join(path, "config.json"))) {
      throw new UsageError(
        `${path} holds a run already, which is not overwritten. Go on with it by --resume ${path}, choose another --out, or delete the folder.`,
      );
    }
    if (!existsSync(path)) return;
    const found = explainingFileErrors(`Cannot write to ${path}`, "Choose another --out.", () => readdirSync(path));
    if (found.some((name) => !name.startsWith(lockName) && name !== temporaryFor("config.json"))) {
      throw new UsageError(`The folder ${path} is not empty. Choose another --out.`);
    }
  }

  /** `runs/lenet-mnist`, or `runs/lenet-mnist-2` and so on where that is taken. */
  static free(name: string): string {
    for (let n = 1; ; n++) {
      const path = join("runs", n === 1 ? name : `${name}-${n}`);
      if (!existsSync(path)) return path;
    }
  }

  /** For reading. @throws UsageError if there is no run in the folder, or links, pipes or folders where its files should be */
  static open(path: string): RunFolder {
    if (!existsSync(path))
      throw new UsageError(`There is no folder ${path}. A run is a folder that \`train --out\` has written.`);
    if (!existsSync(join(path, "config.json"))) {
      throw new UsageError(
        `There is no run in ${path}: it has no config.json. A run is a folder that \`train --out\` has written.`,
      );
    }
    return new RunFolder(path).checkPlain();
  }

  /**
   * For going on with the run: no other process can, until `close`. What a killed one was about to write is removed.
   * @throws UsageError if there is no run in the folder, or if another process is at work there
   */
  static openToTrain(path: string): RunFolder {
    const run = RunFolder.open(path).lock();
    for (const file of run.files()) rmSync(temporaryFor(file), { force: true });
    return run;
  }

  /** Lets other processes write to the folder. */
  close(): void {
    this.unlock?.();
    this.unlock = undefined;
  }

  /** @throws FormatError if it was edited into something else */
  readConfig(): RunConfig {
    const file = this.file("config.json");
    return parseConfig(this.read(file).toString("utf8"), file);
  }

  writeConfig(config: RunConfig): void {
    writeAtomically(this.file("config.json"), `${JSON.stringify(config, null, 2)}\n`);
  }

  has(checkpoint: CheckpointName): boolean {
    return existsSync(this.file(`${checkpoint}.safetensors`));
  }

  /** @throws UsageError if there is none, FormatError if the file is damaged */
  readCheckpoint(name: CheckpointName): Safetensors {
    const file = this.file(`${name}.safetensors`);
    return decodeCheckpoint(this.read(file), file);
  }

  /**
   * What training goes on from: the last checkpoint, or the one before it where the last is damaged; `undefined` if none was saved yet. Only for
   * the process that the folder is locked for.
   * @throws FormatError if both are damaged, UsageError if one cannot be read
   */
  readLast(): LastCheckpoint | undefined {
    const file = this.file("last.safetensors");
    if (!this.has("last")) {
      return this.has("last.previous")
        ? this.readPrevious(`${file} is missing: the program was killed as it saved.`)
        : undefined;
    }
    try {
      return { checkpoint: this.readCheckpoint("last"), file };
    } catch (error) {
      // A file that the system does not let us read may be a good one.
      if (!(error instanceof FormatError && this.has("last.previous"))) throw error;
      return this.readPrevious(error.message);
    }
  }

  /** Takes the place of the last one: else the next save would make a damaged file the previous one. */
  private readPrevious(why: string): LastCheckpoint {
    const [file, previous] = [this.file("last.safetensors"), this.file("last.previous.safetensors")];
    const checkpoint = this.readCheckpoint("last.previous");
    explainingFileErrors(`Cannot write ${file}`, "Nothing was changed.", () => renameSync(previous, file));
    return { checkpoint, file, warning: `${why} Training goes on from the checkpoint that was saved before it.` };
  }

  /** The last checkpoint stays, as the previous one. */
  writeLast(checkpoint: Safetensors): void {
    const [file, previous] = [this.file("last.safetensors"), this.file("last.previous.safetensors")];
    writeAtomically(file, encodeCheckpoint(checkpoint), previous);
  }

  /** @returns the file's path */
  writeCheckpoint(name: "best" | "before-divergence", checkpoint: Safetensors): string {
    const file = this.file(`${name}.safetensors`);
    writeAtomically(file, encodeCheckpoint(checkpoint));
    return file;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** All that a run keeps, there or not. */
  files(): string[] {
    const checkpoints = checkpointNames.map((name) => `${name}.safetensors`);
    return ["config.json", "metrics.jsonl", ...checkpoints].map((name) => this.file(name));
  }

  /** Whoever made the folder may have put links there: writing would follow them to any file, and reading a pipe or a device may never end. */
  private checkPlain(): this {
    for (const file of [...this.files(), this.file(lockName)]) {
      const stats = explainingFileErrors(`Cannot read ${file}`, "Is the run complete?", () =>
        lstatSync(file, { throwIfNoEntry: false }),
      );
      if (!stats || stats.isFile()) continue;
      const what = stats.isSymbolicLink()
        ? "a link"
        : stats.isDirectory()
          ? "a folder, not a file"
          : "a pipe or a device";
      throw new UsageError(`${file} is ${what}. A run is a folder of plain files: copy what is meant there.`);
    }
    return this;
  }

  private lock(): this {
    this.unlock = lockFile(this.file(lockName), `The run in ${this.path}`);
    return this;
  }

  private read(file: string): Buffer {
    return explainingFileErrors(`Cannot read ${file}`, "Is the run complete?", () => readFileSync(file));
  }
}

interface LastCheckpoint {
  readonly checkpoint: Safetensors;
  readonly file: string;
  /** Why it is not the last one. */
  readonly warning?: string;
}

const lockName = "run.lock";

const checkpointNames = ["best", "last", "last.previous", "before-divergence"] as const;

/**
 * `best`: the weights of the epoch with the lowest validation loss. `last`: all that training goes on from; `last.previous`: the same, saved before.
 * `before-divergence`: the weights before the step that spoilt them.
 */
export type CheckpointName = (typeof checkpointNames)[number];
