import { fromData, type Shape, Tensor } from "@pointwise/tensor";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";

/** A parameter with memory of its own, in another shape if one is given. It is frozen if the other one is. */
export function copyParameter(p: Parameter, shape: Shape = p.shape): Parameter {
  const copy = new Parameter(fromData(p.data.slice(), shape, p.dtype));
  copy.requiresGrad = p.requiresGrad;
  return copy;
}

/**
 * An independent copy of a module: its parameters, buffers and children are copied, what is shared in it is shared in the
 * copy, and anything else in its fields (numbers, options, the Rng of a dropout) is taken as it is.
 */
export function cloneModule<M extends Module>(module: M): M {
  return cloneValue(module, new Map());
}

function cloneValue<T>(value: T, done: Map<unknown, unknown>): T {
  const isCopied = value instanceof Module || value instanceof Tensor || Array.isArray(value);
  if (!isCopied) return value;
  if (!done.has(value)) copyInto(value, done);
  return done.get(value) as T; // set just above, or before, from a value of the same type
}

function copyInto(value: Module | Tensor | unknown[], done: Map<unknown, unknown>): void {
  if (value instanceof Parameter) done.set(value, copyParameter(value));
  else if (value instanceof Tensor) done.set(value, fromData(value.data.slice(), value.shape, value.dtype));
  else if (Array.isArray(value))
    done.set(
      value,
      value.map((item) => cloneValue(item, done)),
    );
  else {
    const copy = Object.create(Object.getPrototypeOf(value));
    done.set(value, copy);
    for (const [name, field] of Object.entries(value)) copy[name] = cloneValue(field, done);
  }
}
