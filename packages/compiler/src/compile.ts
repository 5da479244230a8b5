import { currentTracer, formatShape, Tensor, UsageError } from "@pointwise/tensor";
import { currentEngine } from "@pointwise/wasm";
import type { Output } from "./outputs.ts";
import { matches } from "./signature.ts";
import { TraceCache } from "./trace-cache.ts";

/** A compiled function. */
export interface Compiled<A extends readonly Tensor[], R extends Output> {
  (...args: A): R;
  /** The program of the last call: its graph, what was fused, the order of work, its memory and its kernels. */
  explain(): string;
}

/**
 * The same function, compiled: at the first call with arguments of given shapes and dtypes, `fn` runs once, without values, and what it does with
 * tensors (gradients and optimizer steps included) becomes one WebAssembly program, which all such calls run. It must be a function of its arguments
 * and of tensors made outside, which it reads anew at each call, and changes by `assign` only. Any other value that it reads is frozen at the first call,
 * except for a module's training mode and frozen parameters: when those change, it is traced again. A tensor that it makes itself (by `zeros` and the like)
 * and assigns to is made at the first call and kept from then on, as an optimizer's state is.
 *
 * What it returns has no graph: take gradients inside, as a training step does. Within another compiled function it is just called, and becomes part of
 * that.
 * @throws UsageError for arguments or results that are not tensors, and when the function does what cannot be traced, such as reading values
 */
export function compile<A extends readonly Tensor[], R extends Output>(fn: (...args: A) => R): Compiled<A, R> {
  // The cache calls it with tensors of the shapes and dtypes of a call's arguments.
  const cache = new TraceCache((...args) => fn(...(args as unknown as A)), fn.name);
  const compiled = (...args: A): R => {
    if (currentTracer()) return fn(...args);
    let { last } = cache;
    if (!last || !matches(last.signature, args)) {
      args.forEach(checkArgument);
      const engine = currentEngine();
      if (!engine) return runEagerly(fn, args);
      last = cache.find(args, engine);
    }
    // What the function returned when it was traced had this type, with tensors in the same places.
    return last.rebuild(last.program.run(args)) as R;
  };
  return Object.assign(compiled, { explain: () => cache.last?.explain() ?? "Not called yet." });
}

let warned = false;

function runEagerly<A extends readonly Tensor[], R>(fn: (...args: A) => R, args: A): R {
  if (!warned)
    console.warn("compile: there is no WebAssembly SIMD here, so functions run eagerly, which is much slower.");
  warned = true;
  return fn(...args);
}

function checkArgument(x: unknown, i: number): void {
  if (x instanceof Tensor && x.storage) return;
  if (x instanceof Tensor) {
    throw new UsageError(
      `compile: argument ${i} (${formatShape(x.shape)}) has no values: it is left over from a trace. Return tensors from a compiled function to use them outside.`,
    );
  }
  const hint = typeof x === "number" ? ` Pass tensor(${x}), or capture the number if it never changes.` : "";
  throw new UsageError(
    `compile: argument ${i} is ${x === null ? "null" : `a ${typeof x}`}, but compiled functions take tensors.${hint} Models, optimizers and options are captured, ` +
      "not passed.",
  );
}
