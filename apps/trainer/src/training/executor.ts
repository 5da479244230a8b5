import { compile, enableV8Flags, type Output } from "@pointwise/compiler";
import type { Tensor } from "@pointwise/tensor";

/** Makes of a function of tensors what is called in its place. */
export type Executor = <A extends readonly Tensor[], R extends Output>(fn: (...args: A) => R) => (...args: A) => R;

/** Runs functions op by op: slower, and what their compiled programs are compared with. */
export const eagerly: Executor = (fn) => fn;

/** Compiles functions, with the widest vectors that work here. */
export function chooseExecutor({ eager }: { readonly eager: boolean }): Executor {
  if (eager) return eagerly;
  enableV8Flags();
  return compile;
}

/** Of the option that several commands have. */
export const eagerHelp = "run op by op instead of compiling; slower, for comparison";
