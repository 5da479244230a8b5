import { DTypeError, full, ShapeError, type Tensor, UsageError, zeros } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { Adam, SGD } from "../src/index.ts";
import { optimizerCases, setUp, steps, valuesOf } from "./optimizer-cases.ts";

test.each(optimizerCases)("a saved optimizer goes on bit for bit: %s", (_, it) => {
  const whole = setUp(it);
  for (let n = 0; n < 5; n++) whole.step(n);
  const saved = whole.optimizer.stateDict();
  const before = valuesOf([...saved.values()]);
  const resumed = setUp({ ...it, options: { ...it.options, lr: 123 } });
  resumed.params.forEach((p, i) => {
    p.data.set(whole.params[i]!.data);
  });
  resumed.optimizer.loadStateDict(saved);
  for (let n = 5; n < steps; n++) {
    whole.step(n);
    resumed.step(n);
  }
  expect(valuesOf(resumed.params)).toEqual(valuesOf(whole.params));
  expect(resumed.optimizer.groups.map((g) => g.lr)).toEqual(whole.optimizer.groups.map((g) => g.lr));
  expect(valuesOf([...saved.values()])).toEqual(before); // a copy: it stays as it was saved
});

test("names say the parameter, counted over the groups", () => {
  const params = [zeros([2]), zeros([3])];
  const optimizer = new Adam([{ params: [params[0]!] }, { params: [params[1]!], lr: 0.5 }], { lr: 0.1 });
  expect([...optimizer.stateDict()].map(([name, x]) => `${name} ${x.dtype} [${x.shape}]`)).toEqual([
    "0.expAvg float32 [2]",
    "0.expAvgSq float32 [2]",
    "0.beta1Power float64 []",
    "0.beta2Power float64 []",
    "1.expAvg float32 [3]",
    "1.expAvgSq float32 [3]",
    "1.beta1Power float64 []",
    "1.beta2Power float64 []",
    "groups.0.lr float64 []",
    "groups.1.lr float64 []",
  ]);
});

describe("a state of something else is refused, and nothing changes", () => {
  const momentum = () => new SGD([zeros([2])], { momentum: 0.9 });
  const refused = (change: (state: Map<string, Tensor>) => void) => {
    const optimizer = momentum();
    const state = optimizer.stateDict();
    state.set("groups.0.lr", full([], 7, { dtype: "float64" }));
    change(state);
    let error: unknown;
    try {
      optimizer.loadStateDict(state);
    } catch (thrown) {
      error = thrown;
    }
    expect(optimizer.lr).toBe(1e-3);
    return error;
  };

  test("missing and foreign names", () => {
    const error = refused((state) => {
      state.delete("0.momentumBuffer");
      for (let i = 0; i < 6; i++) state.set(`${i}.expAvg`, zeros([2]));
    });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(
      'Missing: "0.momentumBuffer". Not known here: "0.expAvg", "1.expAvg", "2.expAvg", "3.expAvg", and 2 more.',
    );
  });

  test("shape", () => {
    const error = refused((state) => state.set("0.momentumBuffer", zeros([3])));
    expect(error).toBeInstanceOf(ShapeError);
    expect(String(error)).toContain('"0.momentumBuffer" has shape [3], but [2] is needed');
  });

  test("dtype", () => {
    expect(refused((state) => state.set("groups.0.lr", zeros([])))).toBeInstanceOf(DTypeError);
  });
});
