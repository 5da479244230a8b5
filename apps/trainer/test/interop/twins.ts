import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "@pointwise/formats";
import { argmax, cast, eq, softmax, sum, type Tensor } from "@pointwise/tensor";
import { runOnnx } from "../../../../packages/formats/test/onnx-runtime.ts";
import { loadDataset } from "../../src/datasets/index.ts";
import { readTwin } from "../../src/lab/twin-files.ts";
import { difference } from "./difference.ts";
import { readTaken } from "./given.ts";

/** A trained twin's predictions of the held-out digits, against those made here. */
export interface TwinRow {
  readonly name: string;
  readonly digits: number;
  /** How many the twin gets right here. */
  readonly right: number;
  readonly programs: readonly { readonly program: string; readonly same: number; readonly difference: number }[];
}

interface Twin {
  readonly title: string;
  readonly folder: string;
  /** Probabilities, of this program and of ONNX Runtime. */
  readonly here: Tensor;
  readonly runtime: Tensor;
}

const titles = { dense: "twin, dense head", pointwise: "twin, 1×1 head" };

/**
 * For each twin that `lab` has written as `root/report.NAME.safetensors`, and `export` as `root/NAME.onnx` and
 * `root/NAME.safetensors`. What PyTorch needs for its part is left in `root/trained`.
 * @returns what gives the rows: with PyTorch's part, once it has taken the twins
 */
export async function tryTwins(root: string): Promise<(withPytorch: boolean) => TwinRow[]> {
  const { test } = await loadDataset("mnist", { seed: 0 });
  const [x, labels] = test.batch(Array.from({ length: test.length }, (_, i) => i));
  const twins: Twin[] = [];
  for (const [name, title] of Object.entries(titles)) {
    const file = join(root, `report.${name}.safetensors`);
    const { model } = readTwin(decodeSafetensors(readFileSync(file), file), file);
    const here = softmax(model.forward(x), 1);
    const [byRuntime] = await runOnnx(readFileSync(join(root, `${name}.onnx`)), x);
    const folder = join(root, "trained", title);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "expected.safetensors"), encodeSafetensors({ tensors: new Map([["input", x]]) }));
    writeFileSync(join(folder, "back.safetensors"), readFileSync(join(root, `${name}.safetensors`)));
    twins.push({ title, folder, here, runtime: softmax(byRuntime!, 1) });
  }
  return (withPytorch) =>
    twins.map(({ title, folder, here, runtime }) => {
      const programs = [comparison("ONNX Runtime", runtime, here)];
      if (withPytorch) programs.push(comparison("PyTorch", softmax(readTaken(folder).output, 1), here));
      return { name: title, digits: test.length, right: countEqual(argmax(here, 1), labels), programs };
    });
}

const comparison = (program: string, probabilities: Tensor, here: Tensor) => ({
  program,
  same: countEqual(argmax(probabilities, 1), argmax(here, 1)),
  difference: difference(probabilities, here),
});

const countEqual = (a: Tensor, b: Tensor): number => sum(cast(eq(a, b), "int32")).item();
