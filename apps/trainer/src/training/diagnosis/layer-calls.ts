import type { Module } from "@pointwise/layers";
import type { Tensor } from "@pointwise/tensor";
import { inOrder } from "./first-bad-tensor.ts";

/** A call of a layer, or of a container. */
export interface LayerCall {
  /** As in the summary: `layer 3, Linear(64, 3)`. */
  readonly name: string;
  readonly module: Module;
  readonly input: Tensor;
  readonly output: Tensor;
}

/** Runs `fn` with the calls of a model's layers noted, inner ones before those that they are part of. */
export function watchLayers<T>(model: Module, fn: () => T): { result: T; calls: LayerCall[] } {
  const calls: LayerCall[] = [];
  const modules = [...model.namedModules()];
  try {
    for (const [path, module] of modules) {
      const forward = module.forward;
      const name =
        path === "" ? "the model itself" : `layer ${path}, ${module.constructor.name}(${module.extraRepr()})`;
      module.forward = (input) => {
        const output = forward.call(module, input);
        calls.push({ name, module, input, output });
        return output;
      };
    }
    return { result: fn(), calls };
  } finally {
    for (const [, module] of modules) Reflect.deleteProperty(module, "forward"); // the class's own shows again
  }
}

/** The innermost call that made each tensor. */
export function makers(calls: readonly LayerCall[]): Map<Tensor, LayerCall> {
  const found = new Map<Tensor, LayerCall>();
  for (const call of calls) {
    const before = new Set(inOrder(call.input));
    for (const x of inOrder(call.output)) if (!before.has(x) && !found.has(x)) found.set(x, call);
  }
  return found;
}
