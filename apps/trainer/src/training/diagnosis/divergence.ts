import { UsageError } from "@pointwise/tensor";
import { formatNumber } from "../../terminal/format.ts";
import type { RunConfig } from "../config.ts";
import { optimizerDefaults } from "../create-optimizer.ts";
import type { RunFolder } from "../run-folder.ts";
import type { TrainingState } from "../training-state.ts";

/** What was found to be no finite number, and how it came about. */
export interface Divergence {
  /** Such as "The loss of batch 3 of 13 in epoch 1 is NaN". */
  readonly what: string;
  /** Sentences on what made it; `undefined` if the same computation op by op gives numbers. */
  readonly cause: string | undefined;
  /** The largest magnitude among the inputs. */
  readonly largestInput: number;
}

/** Keeps what can be kept when there are NaN or infinities, and explains what happened, what is saved and what to change. */
export function explainDivergence(
  { run, config, state }: { readonly run: RunFolder; readonly config: RunConfig; readonly state: TrainingState },
  { what, cause, largestInput }: Divergence,
): UsageError {
  const { position, weightsBefore, optimizer } = state;
  const lines = [
    `${what}, so training stopped (learning rate ${Number(optimizer.lr.toPrecision(4))}).`,
    cause ??
      "The same step op by op gives numbers: rounding decides here, so close to the largest numbers are the values.",
  ];
  const weights = weightsBefore.lastGoodStep;
  lines.push("What likely helps:", ...cures(config, weights !== undefined, largestInput));
  if (weights) {
    const file = run.writeCheckpoint("before-divergence", {
      tensors: weights,
      metadata: { format: "pt", model: config.model, epoch: String(position.epoch + 1), batch: String(position.batch) },
    });
    lines.push(`The weights from before the last good step are in ${file}.`);
  }
  if (run.has("best")) {
    lines.push(`The weights of epoch ${position.bestEpoch}, the best, are in ${run.file("best.safetensors")}.`);
  }
  return new UsageError(lines.join("\n"));
}

/** An input of more than so many standard deviations is an outlier, or was not normalised. */
const usualInput = 50;

function cures({ lr, optimizer, clipNorm }: RunConfig, stepped: boolean, largestInput: number): string[] {
  const smaller = Number(Math.min(lr / 10, optimizerDefaults[optimizer].lr).toPrecision(1));
  return [
    ...(stepped ? [`  a smaller learning rate, such as --lr ${smaller}`] : []),
    ...(clipNorm === null ? ["  --clip-norm 1, which bounds the size of a step's gradient"] : []),
    ...(optimizer === "sgd" && stepped ? ["  --optimizer adam, whose steps do not grow with the gradient"] : []),
    ...(largestInput > usualInput || !stepped
      ? [
          `  inputs of similar size: they reach ${formatNumber(largestInput)} here, normalised; look for outliers in the data`,
        ]
      : []),
  ];
}
