import { UsageError } from "@pointwise/tensor";
import type { RunConfig } from "./config.ts";
import { optimizerDefaults } from "./create-optimizer.ts";
import type { RunFolder } from "./run-folder.ts";
import type { TrainingState } from "./training-state.ts";

/** Keeps what can be kept when the loss is NaN or infinite, and explains what happened, what is saved and what to change. */
export function explainDivergence(
  run: RunFolder,
  config: RunConfig,
  state: TrainingState,
  where: string,
  loss: number,
): UsageError {
  const { position, weightsBefore, optimizer } = state;
  const what = `The ${where} is ${loss}, so training stopped (learning rate ${optimizer.lr}).`;
  const kept = run.has("best")
    ? `The weights of epoch ${position.bestEpoch}, the best, are in ${run.file("best.safetensors")}.`
    : "";
  const weights = weightsBefore.lastGoodStep;
  if (!weights) {
    return new UsageError(
      [
        `${what} No step was made before, so the weights are not to blame: look for NaN or huge values in the data.`,
        kept,
      ]
        .join("\n")
        .trimEnd(),
    );
  }
  const file = run.writeCheckpoint("before-divergence", {
    tensors: weights,
    metadata: { format: "pt", model: config.model, epoch: String(position.epoch + 1), batch: String(position.batch) },
  });
  return new UsageError(
    [
      what,
      "A step was too large and threw the weights far off. What likely helps:",
      `  a smaller learning rate, such as --lr ${Number(Math.min(config.lr / 10, optimizerDefaults[config.optimizer].lr).toPrecision(1))}`,
      ...(config.clipNorm === null ? ["  --clip-norm 1, which bounds the size of a step's gradient"] : []),
      ...(config.optimizer === "sgd" ? ["  --optimizer adam, whose steps do not grow with the gradient"] : []),
      `The weights from before that step are in ${file}.`,
      kept,
    ]
      .join("\n")
      .trimEnd(),
  );
}
