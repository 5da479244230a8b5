import { computed, effect, signal } from "@preact/signals";
import type { Block } from "../blocks/block.ts";
import { describeBlocks } from "../blocks/describe-blocks.ts";
import { type DataChoice, knownShape } from "../experiment/data-choice.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { fromHash, toHash } from "../experiment/permalink.ts";
import { defaultExperiment, presetFor } from "../experiment/presets.ts";
import { dataInfo } from "./data.ts";

/** Why the page's link could not be followed; nothing if it could. */
export const linkProblem = signal<string | undefined>(undefined);

export const experiment = signal<Experiment>(followLink() ?? defaultExperiment);

/** What is known of the chosen data; nothing until a visitor's own are there. */
export const dataShape = computed(() => knownShape(experiment.value.data) ?? dataInfo.value);

/** What the blocks are for such data; nothing until those are known. */
export const model = computed(() => {
  const shape = dataShape.value;
  return shape && describeBlocks(experiment.value.blocks, shape.inputShape, shape.classes.length);
});

export function edit(changes: Partial<Experiment>): void {
  experiment.value = { ...experiment.value, ...changes };
}

export function editBlocks(change: (blocks: Block[]) => Block[]): void {
  edit({ blocks: change([...experiment.value.blocks]) });
}

/** Starts anew with an experiment that suits the data, the seed aside. */
export function startWith(data: DataChoice, classes: number): void {
  experiment.value = { ...presetFor(data, classes), seed: experiment.value.seed };
}

export const linkTo = (e: Experiment): string => `${location.href.split("#")[0]}#${toHash(e)}`;

// The link in the address bar is always that of what is shown; a hash that cannot be read stays, for the visitor to mend.
effect(() => {
  const hash = toHash(experiment.value);
  if (linkProblem.value === undefined) history.replaceState(null, "", `#${hash}`);
});

addEventListener("hashchange", () => {
  const followed = followLink();
  if (followed) experiment.value = followed;
});

function followLink(): Experiment | undefined {
  const hash = location.hash.slice(1);
  try {
    const found = hash === "" ? undefined : fromHash(hash);
    linkProblem.value = undefined;
    return found;
  } catch (error) {
    linkProblem.value = error instanceof Error ? error.message : String(error);
    return undefined;
  }
}
