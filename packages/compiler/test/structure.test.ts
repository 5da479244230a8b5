import { Dropout, Linear, Sequential } from "@pointwise/layers";
import { ones, Rng, type Tensor } from "@pointwise/tensor";
import { beforeEach, expect, test } from "vitest";
import { compile } from "../src/index.ts";

let model: Sequential;
let traces: number;
let predict: (x: Tensor) => Tensor;
const x = ones([2, 3]);

beforeEach(() => {
  const rng = new Rng(1);
  model = new Sequential(new Linear(3, 4, { rng }), new Dropout(0.5, { rng }));
  traces = 0;
  predict = compile((x: Tensor) => {
    traces++;
    return model.forward(x);
  });
});

test("a switch of mode is traced once each way, however often it is made", () => {
  const expected = model.eval().forward(x).toArray();
  for (let epoch = 0; epoch < 5; epoch++) {
    model.train();
    expect(predict(x).toArray()).not.toEqual(expected); // half is dropped, the rest doubled
    model.eval();
    expect(predict(x).toArray()).toEqual(expected);
  }
  expect(traces).toBe(2);
});

test("each combination of modes is a trace of its own", () => {
  const [linear, dropout] = [...model.namedModules().values()].slice(1);
  for (const module of [linear!, dropout!, linear!, dropout!]) {
    module.training = !module.training;
    predict(x);
  }
  expect(traces).toBe(4);
});

test("freezing and thawing", () => {
  const [weight] = model.parameters();
  predict(x);
  weight!.requiresGrad = false;
  predict(x);
  weight!.requiresGrad = true;
  predict(x);
  expect(traces).toBe(2);
});

test("a layer that is made later, in the place of another", () => {
  predict(x);
  model = new Sequential(new Linear(3, 4, { rng: new Rng(2) }));
  expect(predict(x).toArray()).toEqual(model.forward(x).toArray());
  expect(traces).toBe(2);
});
