import { FormatError } from "@pointwise/tensor";
import type { RunConfig } from "./config.ts";
import type { RunFolder } from "./run-folder.ts";
import type { TrainingState } from "./training-state.ts";

interface Training {
  readonly run: RunFolder;
  readonly config: RunConfig;
  readonly state: TrainingState;
}

/** Keeps the weights of the epoch that has just ended, as the best ones. */
export function saveBest({ run, config, state }: Training): void {
  run.writeCheckpoint("best", {
    tensors: state.model.stateDict(),
    metadata: { format: "pt", model: config.model, epoch: String(state.position.epoch) },
  });
}

/**
 * For a run that goes on: damaged weights are found now, not after the training. If the file was deleted, the best epoch from here on counts; if none is
 * left, the last one does.
 * @returns a warning if the file was deleted
 * @throws FormatError that says what to do about a damaged file
 */
export function checkBest({ run, config, state }: Training): string | undefined {
  const { position } = state;
  if (position.bestEpoch === 0) return undefined;
  if (run.has("best")) {
    readBest(run);
    return undefined;
  }
  const lost = `${run.file("best.safetensors")} is missing, and with it the weights of the best epoch so far.`;
  Object.assign(position, { bestLoss: null, bestEpoch: position.epoch });
  if (position.epoch < config.epochs) return `${lost} The best epoch from here on is kept.`;
  saveBest({ run, config, state });
  return `${lost} Those of the last epoch take their place.`;
}

function readBest(run: RunFolder): void {
  try {
    run.readCheckpoint("best");
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(
      `${error.message} It held the weights of the best epoch so far, which are lost unless you have a copy of the file. ` +
        "To go on without them, delete it: the best epoch from then on is kept, or the last one if all are done.",
      { cause: error },
    );
  }
}
