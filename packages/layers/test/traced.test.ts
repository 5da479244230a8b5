import { valueAndGrad } from "@pointwise/autograd";
import { Rng, sum, Tensor, type Tracer, trace, zeros } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { crossEntropy, Dropout } from "../src/index.ts";
import { readFixtures, type Saved } from "./fixtures.ts";
import { layerRows } from "./layer-rows.ts";

/** Computes nothing, so that whatever reads a value while it is being traced throws. */
const recorder = (): Tracer & { ops: string[]; assigned: Tensor[] } => {
  const [ops, assigned]: [string[], Tensor[]] = [[], []];
  return {
    ops,
    assigned,
    record: (op) => void ops.push(op.name),
    constant: (_, dtype) => new Tensor([], dtype, undefined),
    assign: (target) => void assigned.push(target),
  };
};

interface Row {
  readonly name: string;
  readonly inputs: readonly Saved[];
  readonly inputGrad: Saved | null;
  readonly output: Saved;
}

test.each(readFixtures<Row[]>("layers"))(
  "$name, forward and backward, reads no values",
  ({ name, inputs, inputGrad, output }) => {
    const layer = layerRows[name]!();
    const tracer = recorder();
    trace(tracer, () => {
      const x = new Tensor(inputs[0]!.shape, inputGrad ? "float32" : "int32", undefined);
      const [, grads] = valueAndGrad(() => {
        const y = layer.forward(x);
        expect(y.shape).toEqual(output.shape);
        return sum(y);
      }, [...layer.parameters(), ...(inputGrad ? [x] : [])]);
      for (const [p, grad] of grads) expect(grad.shape).toEqual(p.shape);
    });
    expect(tracer.ops.length).toBeGreaterThan(0);
    if (name.startsWith("BatchNorm2d, plain"))
      expect(tracer.assigned).toEqual([...layer.namedBuffers().values()].toSorted((a, b) => a.rank - b.rank));
  },
);

test("a dropout draws from its counter, which moves on at every call of a compiled step", () => {
  const tracer = recorder();
  trace(tracer, () => new Dropout(0.5, { rng: new Rng(0) }).forward(new Tensor([3], "float32", undefined)));
  expect(tracer.ops).toContain("randomUniform");
  expect(tracer.assigned).toHaveLength(1);
});

test("crossEntropy with every option reads no values", () => {
  const [logits, target] = [new Tensor([2, 3, 4, 4], "float32", undefined), new Tensor([2, 4, 4], "int32", undefined)];
  const options = { labelSmoothing: 0.1, weight: zeros([3]), ignoreIndex: 9 };
  trace(recorder(), () => expect(crossEntropy(logits, target, options).shape).toEqual([]));
});
