import type { Module } from "@pointwise/layers";
import { conv1x1 } from "./conv1x1.ts";
import { lenet } from "./lenet.ts";
import { mlp } from "./mlp.ts";
import type { ModelSpec } from "./model-spec.ts";
import { nin } from "./nin.ts";
import { resnet } from "./resnet.ts";

const models = { mlp, lenet, nin, conv1x1, resnet };

export type ModelName = keyof typeof models;

// The keys of the object above, which TypeScript gives as strings.
export const modelNames = Object.keys(models) as ModelName[];

/** @throws UsageError if the model cannot read such samples */
export const createModel = (name: ModelName, spec: ModelSpec): Module => models[name](spec);
