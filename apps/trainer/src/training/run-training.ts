import { constants } from "node:os";
import { formatCount, formatDuration, formatNumber, formatPercent } from "../terminal/format.ts";
import { invocation, quote } from "../terminal/invocation.ts";
import { reportWarning } from "../terminal/report-error.ts";
import { wrap } from "../terminal/width.ts";
import { rateName } from "./config.ts";
import { type EpochTime, fit, isFinished } from "./fit.ts";
import { hashTensors } from "./hash-tensors.ts";
import { withInterrupt } from "./interrupt.ts";
import { appendMetrics, type Metrics } from "./metrics-log.ts";
import type { PreparedRun } from "./prepare-run.ts";

/**
 * Trains, tests the best weights, and says all that on standard output.
 * @param checkpointEvery seconds after which the state is saved within an epoch
 * @returns the exit code: 128 and the signal's number if the user interrupted
 */
export async function runTraining(prepared: PreparedRun, checkpointEvery: number): Promise<number> {
  const { run, config, state, train } = prepared;
  const { position } = state;
  introduce(prepared);
  print(line(["epoch", "loss", "val. loss", "accuracy", rateName(config), "time"]));
  const onEpoch = (metrics: EpochMetrics, time: EpochTime) => print(epochLine(metrics, time, config.epochs));
  const { outcome, signal } = await withInterrupt(async (interrupt) => ({
    outcome: await fit({ ...prepared, checkpointEvery, interrupt, onEpoch }),
    signal: interrupt.signal,
  }));
  if (outcome === "interrupted") {
    const batches = Math.ceil(train.length / config.batchSize);
    const where =
      position.batch > 0
        ? `in epoch ${position.epoch + 1}, after batch ${position.batch} of ${batches}`
        : `after epoch ${position.epoch}`;
    say(`\nStopped ${where}, and saved to ${run.path}. Go on with:`);
    print(`  ${invocation()} train --resume ${quote(run.path)}`);
    return 128 + constants.signals[signal ?? "SIGINT"];
  }
  if (outcome === "no improvement") {
    say(`\nStopped early: the validation loss has not become lower for ${config.patience} epochs.`);
  }
  await testBest(prepared);
  return 0;
}

async function testBest({ run, state, evaluator, test }: PreparedRun): Promise<void> {
  const { bestEpoch } = state.position;
  const finalWeights = hashTensors(state.model.stateDict());
  state.model.loadStateDict(run.readCheckpoint("best").tensors);
  const result = await evaluator.evaluate("test", test);
  appendMetrics(run.file("metrics.jsonl"), {
    event: "test",
    epoch: bestEpoch,
    testLoss: result.loss,
    testAccuracy: result.accuracy,
    samples: result.samples,
    finalWeights,
  });
  const [accuracy, loss, samples] = [
    formatPercent(result.accuracy),
    formatNumber(result.loss),
    formatCount(result.samples),
  ];
  say(`\nTest: accuracy ${accuracy}, loss ${loss} on ${samples} samples, with the weights of epoch ${bestEpoch}.`);
  say(`Final weights: sha256 ${finalWeights.slice(0, 16)}, by which an equal run can be told.`);
  say(`Saved to ${run.path}. Look closer with:`);
  print(`  ${invocation()} evaluate --run ${quote(run.path)}`);
}

function introduce({ run, config, state, train, validation, test, source, warnings }: PreparedRun): void {
  const { model, dataset, optimizer, lr, batchSize, schedule, seed, epochs, eager } = config;
  const parameters = state.model.parameters().reduce((sum, p) => sum + p.size, 0);
  const rate = schedule === "none" ? `learning rate ${lr}` : `learning rate ${lr} (schedule ${schedule})`;
  const [trained, held, tested] = [train, validation, test].map(({ length }) => formatCount(length));
  const length = `${epochs} epoch${epochs === 1 ? "" : "s"}`;
  say(`${model} on ${dataset}: ${formatCount(parameters)} parameters`);
  say(`Data: ${source}`);
  say(`${trained} samples to train on, ${held} for validation, ${tested} to test`);
  say(
    `${optimizer}, ${rate}, batches of ${batchSize}, ${length}, seed ${seed}${eager ? ", op by op" : ""}; into ${run.path}`,
  );
  for (const warning of warnings) reportWarning(warning);
  say("An epoch marked * has the lowest validation loss so far; its weights are kept.");
  const { epoch, batch } = state.position;
  if (isFinished(config, state)) say("Training is done; only the test is left.");
  else if (epoch + batch > 0) say(`Going on in epoch ${epoch + 1}${batch > 0 ? `, after batch ${batch}` : ""}.`);
  print("");
}

type EpochMetrics = Extract<Metrics, { event: "epoch" }>;

const widths = [6, 7, 9, 8, 9, 8]; // with the mark of the best, a line fits into 60 columns

const line = (cells: readonly string[]): string => cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  ");

function epochLine(metrics: EpochMetrics, { seconds, samplesPerSecond }: EpochTime, epochs: number): string {
  const { epoch, trainLoss, validationLoss, validationAccuracy, best } = metrics;
  const cells = [
    `${epoch}/${epochs}`,
    formatNumber(trainLoss),
    formatNumber(validationLoss),
    formatPercent(validationAccuracy),
    formatCount(Math.round(samplesPerSecond)),
    formatDuration(seconds),
  ];
  return `${line(cells)}${best ? " *" : ""}`;
}

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Prose, which may be broken; a command is not, so that it can be copied. */
const say = (text: string) => print(wrap(text, process.stdout.columns ?? Number.POSITIVE_INFINITY));
