import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Module } from "@pointwise/layers";
import { UsageError } from "@pointwise/tensor";
import { readBytes } from "../datasets/read-file.ts";
import { isTwin, readTwin } from "../lab/twin-files.ts";
import { decodeCheckpoint } from "../training/checkpoint-file.ts";
import type { DataConfig } from "../training/config.ts";
import { loadCheckpointModel, loadTrainedModel } from "../training/load-model.ts";
import { RunFolder } from "../training/run-folder.ts";

export interface OpenedModel {
  /** In evaluation mode. */
  readonly model: Module;
  readonly data: DataConfig;
  /** Such as "lenet on mnist, weights of epoch 3". */
  readonly title: string;
  /** Absolute paths that must not be written to: what the weights come from. */
  readonly sources: readonly string[];
}

/**
 * A trained model to be exported.
 * @param path a run's folder, for its best weights; one of its checkpoints; or what `lab` has written beside its report
 * @throws PointwiseError that explains what is missing or damaged
 */
export function openModel(path: string): OpenedModel {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    throw new UsageError(
      `There is no ${path}. Name a folder that \`train --out\` has written, a checkpoint in it, or a .safetensors file that \`lab\` has written.`,
    );
  }
  if (stats.isDirectory()) {
    const { model, config, epoch } = loadTrainedModel(path);
    const title = `${config.model} on ${config.dataset}, weights of epoch ${epoch}`;
    return { model, data: config.data, title, sources: filesOfRun(path) };
  }
  const checkpoint = decodeCheckpoint(readBytes(path, "Name a file that can be read."), path);
  if (isTwin(checkpoint)) return { ...readTwin(checkpoint, path), sources: [resolve(path)] };
  const { model, config } = loadCheckpointModel(checkpoint, path);
  const title = `${config.model} on ${config.dataset}, weights of ${path}`;
  return { model, data: config.data, title, sources: [resolve(path), ...filesOfRun(dirname(path))] };
}

const filesOfRun = (folder: string): string[] => new RunFolder(folder).files().map((file) => resolve(file));
