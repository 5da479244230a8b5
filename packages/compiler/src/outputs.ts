import { type Storage, Tensor, UsageError } from "@pointwise/tensor";

/** What a compiled function may return: tensors, in arrays and plain objects of any depth, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without a return statement returns void
export type Output = Tensor | undefined | void | readonly Output[] | { readonly [name: string]: Output };

/** Makes what a call returns of the values that the program computed. */
export type Rebuild = (values: readonly Storage[]) => Output;

/**
 * Takes a traced result apart: the traced tensors in it, and how to make such a result of their values. Tensors that were made outside,
 * such as a parameter, are returned as they are; those that the function makes and never changes, such as zeros, are made anew.
 * @throws UsageError for anything else in it
 */
export function takeApart(result: unknown, isConstant: (x: Tensor) => boolean): { traced: Tensor[]; rebuild: Rebuild } {
  const traced: Tensor[] = [];
  return { rebuild: visit(result, "the result", traced, isConstant), traced };
}

function visit(part: unknown, where: string, traced: Tensor[], isConstant: (x: Tensor) => boolean): Rebuild {
  if (part === undefined) return () => undefined;
  if (part instanceof Tensor) {
    if (part.storage && !isConstant(part)) return () => part;
    const { shape, dtype } = part;
    const position = traced.push(part) - 1;
    return (values) => new Tensor(shape, dtype, values[position]!);
  }
  if (Array.isArray(part)) {
    const items = part.map((item, i) => visit(item, `${where}[${i}]`, traced, isConstant));
    return (values) => items.map((rebuild) => rebuild(values));
  }
  if (isPlainObject(part)) {
    const entries = Object.entries(part).map(
      ([name, x]) => [name, visit(x, `${where}.${name}`, traced, isConstant)] as const,
    );
    return (values) => Object.fromEntries(entries.map(([name, rebuild]) => [name, rebuild(values)]));
  }
  throw new UsageError(
    `compile: ${where} of the function is ${describe(part)}. A compiled function returns tensors, arrays or plain objects of them, or nothing: ` +
      "anything else would be computed once, when the function is traced, and never again.",
  );
}

function isPlainObject(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

function describe(x: unknown): string {
  if (x instanceof Promise) return "a promise (is the function async?)";
  return typeof x === "object" && x !== null ? `a ${x.constructor.name}` : `the ${typeof x} ${String(x)}`;
}
