import { loadDataset } from "../datasets/index.ts";
import type { Interrupt } from "../training/interrupt.ts";
import { formatHeads, formatProof, formatSearch, formatTwins } from "./print.ts";
import { prove } from "./proof.ts";
import { searchLargePicture } from "./sliding.ts";
import { createTwins, trainTwins } from "./twins.ts";

export interface LabOptions {
  readonly seed: number;
  readonly epochs: number;
}

/** Shows, on standard output, a 1×1 convolution standing in for a dense layer. */
export async function runLab({ seed, epochs }: LabOptions, interrupt: Interrupt): Promise<void> {
  const print = (text: string) => process.stdout.write(`${text}\n`);

  print("1. A 1×1 convolution is a dense layer at every pixel\n");
  const proof = prove(seed);
  print(formatProof(proof));
  const largest = Math.max(...proof.filter((row) => row.dtype === "float32").map((row) => row.afterTenSteps));
  print(
    "\nThe largest differences between a dense layer and a 1×1 convolution with its weights. " +
      (largest === 0
        ? "They are equal to the last bit.\n"
        : "What is not 0 is the order of additions: float64 shows it vanish.\n"),
  );

  print("2. Twins on the same batches of real digits: a dense head, and a 1×1 head with global average pooling\n");
  const data = await loadDataset("mnist", { seed });
  const twins = createTwins(seed);
  if (!(await trainTwins(twins, data, { epochs, seed }, interrupt))) {
    print("Stopped. Nothing was left half-written; start again with the same --seed for the same numbers.");
    process.exitCode = 130;
    return;
  }
  const summaries = twins.map(({ model }) => model.summary([1, 28, 28]));
  print(`${formatTwins(twins, summaries)}\n`);
  print(`${formatHeads(twins, summaries)}\n`);
  print(
    "A 1×1 convolution has as many weights as the dense layer over channels; what it saves, it saves against the dense layer over\n" +
      "the flattened picture.\n",
  );

  print("3. The dense classifier, made fully convolutional, slides over a larger picture\n");
  const search = searchLargePicture(twins[0].model, data.test, seed);
  print(`${formatSearch(search)}\n`);
  print(`${search.hits} of ${search.truth.length} digits found, ${search.found.length} windows named.`);
}
