import type { Module } from "@pointwise/layers";
import { Rng, UsageError } from "@pointwise/tensor";
import { createModel } from "../models/index.ts";
import type { RunConfig } from "./config.ts";
import { RunFolder } from "./run-folder.ts";

export interface TrainedModel {
  readonly config: RunConfig;
  readonly model: Module;
  /** Whose weights these are, counted from 1. */
  readonly epoch: string;
}

/**
 * The best weights of a run, in evaluation mode.
 * @throws PointwiseError that explains what is missing or damaged
 */
export function loadTrainedModel(path: string): TrainedModel {
  const run = RunFolder.open(path);
  const config = run.readConfig();
  if (!run.has("best")) {
    throw new UsageError(
      `The run in ${path} has no weights yet: they are saved after each epoch, and it has not finished the first.`,
    );
  }
  const { classes, inputShape } = config.data;
  const model = createModel(config.model, { inputShape, classes: classes.length, rng: new Rng(config.seed) });
  const { tensors, metadata } = run.readCheckpoint("best");
  model.loadStateDict(tensors);
  return { config, model: model.eval(), epoch: metadata.epoch ?? "?" };
}
