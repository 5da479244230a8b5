import { apply, assign, type Op, Storage, Tensor, type Tracer, trace, withGradMode } from "@pointwise/tensor";

/**
 * The smallest tracer there can be: `fn` runs once, recorded; each call of the result then replays the record with today's
 * state. What works through it touches tensors by `apply` and `assign` only, and so can be compiled.
 */
export function replay(fn: () => Tensor): () => Tensor {
  const nodes: { op: Op; inputs: Tensor[]; attrs: unknown; out: Tensor }[] = [];
  const assigned = new Map<Tensor, Tensor>();
  const latest = (x: Tensor) => assigned.get(x) ?? x;
  const constants = new Map<Tensor, Tensor>();
  const tracer: Tracer = {
    record: (op, inputs, attrs, out) => nodes.push({ op, inputs: inputs.map(latest), attrs, out }),
    constant: (value, dtype) => {
      const traced = new Tensor([], dtype, undefined);
      const storage = Storage.allocate(dtype, 1);
      storage.view[0] = value;
      constants.set(traced, new Tensor([], dtype, storage));
      return traced;
    },
    assign: (target, value) => assigned.set(target, latest(value)),
  };
  const result = latest(trace(tracer, fn));
  return () =>
    withGradMode(false, () => {
      const values = new Map<Tensor, Tensor>(constants);
      const current = (x: Tensor) => values.get(x) ?? x;
      for (const { op, inputs, attrs, out } of nodes) values.set(out, apply(op, inputs.map(current), attrs));
      const writes = [...assigned].map(([target, value]) => [target, current(value)] as const);
      for (const [target, value] of writes) assign(target, value);
      return current(result);
    });
}
