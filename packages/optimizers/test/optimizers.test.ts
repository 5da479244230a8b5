import { assign, type Tensor, zerosLike } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { replay } from "../../tensor/test/replay.ts";
import * as exported from "../src/index.ts";
import { optimizerCases, optimizers, setUp, steps, valuesOf } from "./optimizer-cases.ts";

describe("against PyTorch", () => {
  test.each(optimizerCases)("%s", (_, it) => {
    const { params, step } = setUp(it);
    const digits = it.dtype === "float32" ? 6 : 13;
    let compared = 0;
    for (let n = 0; n < steps; n++) {
      step(n);
      const expected = it.after[n + 1];
      if (!expected) continue;
      compared++;
      params.forEach((p, i) => {
        p.data.forEach((value, j) => {
          expect(value, `step ${n + 1}, parameter ${i}, element ${j}`).toBeCloseTo(expected[i]![j]!, digits);
        });
      });
    }
    expect(compared).toBe(4);
  });
});

describe("the table is complete", () => {
  const classes = Object.entries(exported).filter(
    ([, it]) => typeof it === "function" && it.prototype instanceof exported.Optimizer,
  );

  test("every exported optimizer has a row", () => {
    expect(classes.map(([name]) => name).sort()).toEqual(Object.keys(optimizers).sort());
  });

  test.each(Object.keys(optimizers))("every option of %s is set to something else in a row", (name) => {
    const cases = optimizerCases.map(([, it]) => it).filter((it) => it.optimizer === name);
    const defaults: Record<string, unknown> = { ...setUp({ ...cases[0]!, options: {} }).optimizer.groups[0]!.options };
    for (const [option, value] of Object.entries(defaults)) {
      const tried = cases.map((it) => (it.options as Record<string, unknown>)[option]).filter((v) => v !== undefined);
      expect(
        tried.some((v) => JSON.stringify(v) !== JSON.stringify(value)),
        option,
      ).toBe(true);
    }
  });
});

describe("a recorded step", () => {
  const still = optimizerCases.filter(([, it]) => !it.missing);

  test.each(still)("does what the eager one does, for all its steps: %s", (_, it) => {
    const [eager, recorded] = [setUp(it), setUp(it)];
    const grads = recorded.params.map(zerosLike);
    const run = replay(() => {
      recorded.optimizer.step(new Map(recorded.params.map((p, i) => [p, grads[i]!])));
      return recorded.params[0]!;
    });
    for (let n = 0; n < steps; n++) {
      eager.step(n);
      const next: Tensor[] = [...recorded.gradsAt(n).values()];
      next.forEach((grad, i) => {
        assign(grads[i]!, grad);
      });
      if (n === it.lrChange?.step) recorded.optimizer.lr = it.lrChange.lr;
      run();
    }
    expect(valuesOf(recorded.params)).toEqual(valuesOf(eager.params));
    expect(valuesOf([...recorded.optimizer.stateDict().values()])).toEqual(
      valuesOf([...eager.optimizer.stateDict().values()]),
    );
  });

  test("refuses to freeze the learning rate", () => {
    const { params, optimizer, gradsAt } = setUp(optimizerCases[0]![1]);
    const scheduled = () => {
      optimizer.lr *= 0.5;
      optimizer.step(gradsAt(0));
      return params[0]!;
    };
    expect(() => replay(scheduled)).toThrow("would be frozen");
  });
});
