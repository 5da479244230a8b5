import type { Safetensors } from "@pointwise/formats";
import { FormatError } from "@pointwise/tensor";
import { parseJson } from "../files/json.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { encodeCheckpoint } from "../training/checkpoint-file.ts";
import { type DataConfig, isDataConfig } from "../training/config.ts";
import { createTwinModels } from "./twin-models.ts";

type Twins = ReturnType<typeof createTwinModels>;
type TwinName = keyof Twins;

/** `report.dense.safetensors` and `report.pointwise.safetensors` beside `report.html`. */
export function twinFilesBeside(report: string): Record<TwinName, string> {
  const path = report.replace(/\.html?$/, "");
  return { dense: `${path}.dense.safetensors`, pointwise: `${path}.pointwise.safetensors` };
}

/** Weights, and in the file's texts which twin they are of and what its input must be. */
export function writeTwins(files: Record<TwinName, string>, twins: Twins, data: DataConfig): void {
  for (const name of ["dense", "pointwise"] as const) {
    const metadata = { format: "pt", twin: name, data: JSON.stringify(data) };
    writeAtomically(files[name], encodeCheckpoint({ tensors: twins[name].stateDict(), metadata }));
  }
}

export const isTwin = ({ metadata }: Safetensors): boolean => metadata.twin !== undefined;

/**
 * A twin in evaluation mode.
 * @throws PointwiseError if the file is not as `writeTwins` writes it
 */
export function readTwin({ tensors, metadata }: Safetensors, file: string) {
  const { twin } = metadata;
  const data = parseJson(metadata.data ?? "");
  if ((twin !== "dense" && twin !== "pointwise") || !isDataConfig(data)) {
    throw new FormatError(
      `${file} does not say which twin it holds, and what data it is for. Was it written by \`lab\`?`,
    );
  }
  const model = createTwinModels(0)[twin];
  model.loadStateDict(tensors);
  return { model: model.eval(), data, title: `lab's twin with the ${twin === "dense" ? "dense" : "1×1"} head` };
}
