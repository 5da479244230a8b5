import { DTypeError, formatShape, ShapeError, type Tensor } from "@pointwise/tensor";
import type { Module } from "./module.ts";

/** A call of a child by a container, while it runs. */
interface Call {
  readonly container: Module;
  readonly name: string;
  readonly child: Module;
  /** The sibling that gave the input; without one, the input is the container's own. */
  readonly source: Sibling | undefined;
}

export interface Sibling {
  readonly name: string;
  readonly module: Module;
}

const running: Call[] = [];

/** Errors that already say where they happened. */
const located = new WeakSet<object>();

/** Runs a child of a container, so that what goes wrong in there can say where that was, and where the input came from. */
export function callChild(container: Module, name: string, child: Module, x: Tensor, source?: Sibling): Tensor {
  running.push({ container, name, child, source });
  try {
    return child.forward(x);
  } catch (error) {
    throw locate(error, child, x);
  } finally {
    running.pop();
  }
}

/**
 * The error for a layer that got something it cannot work on: `Conv1x1 at "3": <problem>. Its input comes from "2" (MaxPool2d). <fix>`
 * @param problem without a full stop at its end.
 */
export function inputError(kind: typeof ShapeError | typeof DTypeError, layer: Module, problem: string, fix: string) {
  const error = new kind(`${layer.constructor.name}${place(layer)}: ${problem}.${origin(layer)} ${fix}`.trimEnd());
  located.add(error);
  return error;
}

/** An op's error, such as one of a user's own layer, says which op; this adds which layer. */
function locate(error: unknown, layer: Module, x: Tensor): unknown {
  const kind = error instanceof ShapeError ? ShapeError : error instanceof DTypeError ? DTypeError : undefined;
  if (!kind || located.has(error as Error)) return error;
  const got = `${x.dtype} ${formatShape(x.shape)}`;
  return inputError(kind, layer, `${(error as Error).message} The layer's input was ${got}`, "");
}

/** ` at "features.3"`, as far as containers know; "" outside them. */
function place(layer: Module): string {
  const path = pathTo(running.length, layer);
  return path === "" ? "" : ` at "${path}"`;
}

/** The path of a module that runs inside the first `depth` calls. */
function pathTo(depth: number, module: Module): string {
  const names = running
    .slice(0, depth)
    .flatMap(({ container, name }, i) => [...within(running[i - 1]?.child, container), name]);
  return [...names, ...within(running[depth - 1]?.child, module)].join(".");
}

/** How a module is called inside another that runs it without telling us. */
function within(outer: Module | undefined, module: Module): string[] {
  if (!outer || outer === module) return [];
  return [...outer.namedModules()].filter(([, m]) => m === module).map(([name]) => name);
}

function origin(layer: Module): string {
  for (let i = running.length - 1, inner = layer; i >= 0 && running[i]!.child === inner; i--) {
    const { source, container } = running[i]!;
    if (source) {
      const path = [pathTo(i, container), source.name].filter((name) => name !== "").join(".");
      return ` Its input comes from "${path}" (${source.module.constructor.name}).`;
    }
    inner = container;
  }
  return "";
}
