import type { BatchKernel, Scratch } from "@pointwise/wasm";
import type { Places } from "./lowering.ts";

/** A kernel that finds its arrays by their position among an op's inputs. */
export function atPlaces<A>(kernel: BatchKernel<A>, name: (places: Places) => A): BatchKernel<Places> {
  const named = (at: Places & Scratch): A & Scratch => ({ ...name(at), scratch: at.scratch });
  const { before, after } = kernel;
  return {
    scratch: kernel.scratch,
    ...(before && { before: (f, at) => before.call(kernel, f, named(at)) }),
    each: (f, at) => kernel.each(f, named(at)),
    ...(after && { after: (f, at) => after.call(kernel, f, named(at)) }),
  };
}
