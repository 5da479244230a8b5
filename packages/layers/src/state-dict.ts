import { assign, cast, formatShape, fromData, ShapeError, sameShape, type Tensor, UsageError } from "@pointwise/tensor";

/** Tensors by name, as a map or as a plain object. */
export type StateDict = ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>;

export function copyState(state: Iterable<readonly [string, Tensor]>): Map<string, Tensor> {
  return new Map([...state].map(([name, x]) => [name, fromData(x.data.slice(), x.shape, x.dtype)]));
}

/** Checks everything first, so that a state that does not fit changes nothing. */
export function loadState(model: string, targets: ReadonlyMap<string, Tensor>, dict: StateDict, strict: boolean): void {
  const saved: ReadonlyMap<string, Tensor> = isMap(dict) ? dict : new Map(Object.entries(dict));
  const missing = [...targets.keys()].filter((name) => !saved.has(name));
  const unexpected = [...saved.keys()].filter((name) => !targets.has(name));
  const reshaped = [...targets].filter(([name, x]) => saved.has(name) && !sameShape(x.shape, saved.get(name)!.shape));
  const wrongNames = strict && missing.length + unexpected.length > 0;
  if (wrongNames || reshaped.length > 0) {
    const shapes = reshaped.map(
      ([name, x]) => `${name} (${formatShape(saved.get(name)!.shape)}, the model's is ${formatShape(x.shape)})`,
    );
    const lines = [
      `${model}.loadStateDict: the saved state does not fit the model, which is left as it was.`,
      ...(wrongNames
        ? [listed("missing in the saved state", missing), listed("unknown to the model", unexpected)]
        : []),
      listed("of another shape", shapes),
      wrongNames ? "Was it saved from another model? { strict: false } leaves missing and unknown names alone." : "",
    ];
    throw new (wrongNames ? UsageError : ShapeError)(lines.filter((line) => line !== "").join("\n"));
  }
  for (const [name, target] of targets) {
    const value = saved.get(name);
    if (value) assign(target, cast(value, target.dtype));
  }
}

const isMap = (dict: StateDict): dict is ReadonlyMap<string, Tensor> => dict instanceof Map;

function listed(what: string, items: readonly string[], most = 12): string {
  if (items.length === 0) return "";
  const more = items.length > most ? ` and ${items.length - most} more` : "";
  return `  ${what}: ${items.slice(0, most).join(", ")}${more}`;
}
