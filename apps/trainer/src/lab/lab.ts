import { constants, cpus } from "node:os";
import { resolve } from "node:path";
import { version } from "../../package.json";
import { loadDataset } from "../datasets/index.ts";
import { checkWritable } from "../files/check-writable.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { renderReport } from "../report/report.ts";
import { colors } from "../terminal/colors.ts";
import { formatDuration } from "../terminal/format.ts";
import { chooseExecutor } from "../training/executor.ts";
import type { Interrupt } from "../training/interrupt.ts";
import { dataConfig } from "../training/run-data.ts";
import { kernelMaps } from "./kernel-maps.ts";
import { mixingMatrix } from "./mixing-matrix.ts";
import { formatProof, formatSearch, formatTwins } from "./print.ts";
import { checkProof, prove } from "./proof.ts";
import { prose } from "./prose.ts";
import type { Environment, LabOptions, LabResult } from "./result.ts";
import { searchLargePicture } from "./sliding.ts";
import { twinFilesBeside, writeTwins } from "./twin-files.ts";
import { drawnLayer } from "./twin-models.ts";
import { trainTwins } from "./twins.ts";

/**
 * Shows a 1×1 convolution in a dense layer's place on real digits, step by step on standard output, and writes a report.
 * @param out the report's path
 * @returns the exit code: 128 and the signal's number if the user interrupted
 * @throws UsageError if the report cannot be written, which it finds out first
 */
export async function runLab(options: LabOptions & { readonly out: string }, interrupt: Interrupt): Promise<number> {
  const { seed, epochs, eager, out } = options;
  const began = performance.now();
  const twinFiles = twinFilesBeside(out);
  for (const file of [out, ...Object.values(twinFiles)]) checkWritable(file);
  const execute = chooseExecutor({ eager });

  heading("1. A 1×1 convolution is a dense layer at every pixel");
  const proof = prove(seed);
  print(formatProof(proof));
  checkProof(proof);

  heading("2. Twins: a dense head against a 1×1 head, on the same batches of real digits");
  const data = await loadDataset("mnist", { seed });
  print(`${prose(`${capitalized(data.source)}.`)}\n`);
  const trained = await trainTwins(data, { seed, epochs, execute }, interrupt);
  if (!trained) {
    print(prose("Stopped. No report was written. The same --seed gives the same numbers again."));
    return 128 + constants.signals[interrupt.signal ?? "SIGINT"];
  }
  const { models, results } = trained;
  print(formatTwins(results));

  heading("3. The dense classifier, made fully convolutional, slides over a larger picture");
  const search = searchLargePicture(models.dense, data.test, seed, execute);
  print(formatSearch(search));

  heading("4. The report");
  const [picture, label] = data.test.batch([0]);
  const result: LabResult = {
    options: { seed, epochs, eager },
    source: data.source,
    trainingDigits: data.train.length,
    heldOutDigits: data.test.length,
    proof,
    twins: results,
    kernel: kernelMaps(models.dense, drawnLayer, picture, label.item()),
    mixing: mixingMatrix(models.pointwise),
    search,
    environment: environment((performance.now() - began) / 1000),
  };
  writeAtomically(out, renderReport(result));
  writeTwins(twinFiles, models, dataConfig(data));
  print(
    `${resolve(out)}\n${prose(`Open it in a browser. All of this took ${formatDuration(result.environment.seconds)}.`)}`,
  );
  print(
    `\nThe twins, for \`export\`:\n${Object.values(twinFiles)
      .map((file) => resolve(file))
      .join("\n")}`,
  );
  return 0;
}

function environment(seconds: number): Environment {
  const processors = cpus();
  return {
    version,
    node: process.version,
    machine: `${process.platform} ${process.arch}, ${processors.length} × ${processors[0]?.model ?? "unknown processor"}`,
    date: new Date().toISOString(),
    seconds,
  };
}

const print = (text: string) => process.stdout.write(`${text}\n`);

const heading = (text: string) => print(`\n${colors.bold(prose(text))}\n`);

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
