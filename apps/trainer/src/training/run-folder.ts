import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors, type Safetensors } from "@pointwise/formats";
import { UsageError } from "@pointwise/tensor";
import { explainingFileErrors } from "../files/system-error.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { parseConfig, type RunConfig } from "./config.ts";

/** The folder that a run writes to. */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * A new folder, or an empty one.
   * @throws UsageError if there is something in it, or if it cannot be made
   */
  static create(path: string): RunFolder {
    RunFolder.checkFree(path);
    explainingFileErrors(`Cannot make the folder ${path}`, "Choose another one with --out.", () =>
      mkdirSync(path, { recursive: true }),
    );
    return new RunFolder(path);
  }

  /** @throws UsageError if there is something in the folder */
  static checkFree(path: string): void {
    if (existsSync(join(path, "config.json"))) {
      throw new UsageError(
        `${path} holds a run already, which is not overwritten. Go on with it by --resume ${path}, choose another --out, or delete the folder.`,
      );
    }
    if (
      existsSync(path) &&
      explainingFileErrors(`Cannot write to ${path}`, "Choose another --out.", () => readdirSync(path)).length > 0
    ) {
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

  /** @throws UsageError if there is no run in the folder */
  static open(path: string): RunFolder {
    if (!existsSync(path))
      throw new UsageError(`There is no folder ${path}. A run is a folder that \`train --out\` has written.`);
    if (!existsSync(join(path, "config.json"))) {
      throw new UsageError(
        `There is no run in ${path}: it has no config.json. A run is a folder that \`train --out\` has written.`,
      );
    }
    return new RunFolder(path);
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
    return decodeSafetensors(this.read(file), file);
  }

  /** @returns the file's path */
  writeCheckpoint(name: CheckpointName, checkpoint: Safetensors): string {
    const file = this.file(`${name}.safetensors`);
    writeAtomically(file, encodeSafetensors(checkpoint));
    return file;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  private read(file: string): Buffer {
    return explainingFileErrors(`Cannot read ${file}`, "Is the run complete?", () => readFileSync(file));
  }
}

/**
 * `best`: the weights of the epoch with the lowest validation loss. `last`: all that training goes on from.
 * `before-divergence`: the weights before the step that spoilt them.
 */
export type CheckpointName = "best" | "last" | "before-divergence";
