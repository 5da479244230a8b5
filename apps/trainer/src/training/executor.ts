import { compile, enableV8Flags, type Output } from "@pointwise/compiler";
import type { Tensor } from "@pointwise/tensor";

/** Makes of a function of tensors what is called in its place. */
export type Executor = <A extends readonly Tensor[], R extends Output>(fn: (...args: A) => R) => (...args: A) => R;

/** Runs functions op by op: slower, and what their compiled programs are compared with. */
export const eagerly: Executor = (fn) => fn;

/**
 * Compiles functions, with the fastest kernels that work here. Large ops that run eagerly take kernels too, and the same ones: what they compute must not
 * depend on whether something was compiled in the same process before.
 */
export function chooseExecutor({ eager }: { readonly eager: boolean }): Executor {
  enableV8Flags();
  return eager ? eagerly : compile;
}

/** Of the option that several commands have. */
export const eagerHelp = "run op by op instead of compiling; slower, for comparison";
