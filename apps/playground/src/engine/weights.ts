import type { Module } from "@pointwise/layers";
import { formatShape, sameShape, type Tensor, UsageError } from "@pointwise/tensor";

/** What a safetensors file holds. */
export interface Weights {
  /** Its name, for errors. */
  readonly file: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The hash of the link that it was saved from, if it says so. */
  readonly experiment?: string | undefined;
}

const mostNamed = 6;

/** Puts saved weights into a model. @throws UsageError that lists what does not fit; then the model is left as it was. */
export function takeWeights(model: Module, { file, tensors, experiment }: Weights): void {
  const own = model.stateDict();
  const missing = [...own.keys()].filter((name) => !tensors.has(name));
  const unknown = [...tensors.keys()].filter((name) => !own.has(name));
  const reshaped = [...own].flatMap(([name, { shape }]) => {
    const found = tensors.get(name)?.shape;
    if (!found || sameShape(found, shape)) return [];
    return [`${name} is ${formatShape(found)}, but ${formatShape(shape)} in the model`];
  });
  const lines = [
    listed("the model's, but not in the file", missing),
    listed("in the file, but not the model's", unknown),
    listed("of another shape", reshaped, "; "),
  ].filter((line) => line !== "");
  if (lines.length === 0) {
    model.loadStateDict(tensors);
    return;
  }
  const cure = experiment
    ? `It was saved from the experiment #${experiment}: open the page with that at the end of its address, then load the file again.`
    : "Build the model that it was saved from, block by block, then load it again.";
  throw new UsageError(
    [`${file} does not fit the model, which is left as it was.`, ...lines.map((line) => `• ${line}`), cure].join("\n"),
  );
}

function listed(what: string, items: readonly string[], separator = ", "): string {
  if (items.length === 0) return "";
  const more = items.length > mostNamed ? ` and ${items.length - mostNamed} more` : "";
  return `${what}: ${items.slice(0, mostNamed).join(separator)}${more}`;
}
