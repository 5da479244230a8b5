import { dirname } from "node:path";
import type { Safetensors } from "@pointwise/formats";
import type { Module } from "@pointwise/layers";
import { Rng, UsageError } from "@pointwise/tensor";
import { createModel } from "../models/index.ts";
import type { RunConfig } from "./config.ts";
import { RunFolder } from "./run-folder.ts";
import { modelWeights } from "./training-state.ts";

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
      run.has("last")
        ? `The run in ${path} has no best.safetensors: it was deleted, or the first epoch is not finished. Go on with train --resume ${path}.`
        : `The run in ${path} has no weights yet: they are saved after each epoch, and it has not finished the first.`,
    );
  }
  const model = modelOf(config);
  const { tensors, metadata } = run.readCheckpoint("best");
  model.loadStateDict(tensors);
  return { config, model: model.eval(), epoch: metadata.epoch ?? "?" };
}

/**
 * The weights of any checkpoint in a run's folder, in evaluation mode.
 * @param file where the checkpoint lies
 * @throws PointwiseError that explains what is missing or does not fit
 */
export function loadCheckpointModel(checkpoint: Safetensors, file: string): Omit<TrainedModel, "epoch"> {
  const config = RunFolder.open(dirname(file)).readConfig();
  const model = modelOf(config);
  model.loadStateDict(modelWeights(checkpoint));
  return { config, model: model.eval() };
}

function modelOf({ model, data, seed }: RunConfig): Module {
  const { classes, inputShape } = data;
  return createModel(model, { inputShape, classes: classes.length, rng: new Rng(seed) });
}
