import { afterEach, expect, test, vi } from "vitest";

/** The package, loaded afresh: it remembers whether code may be generated. */
async function load() {
  vi.resetModules();
  return import("@pointwise/tensor");
}

type Package = Awaited<ReturnType<typeof load>>;

function compute({ tensor, ...t }: Package): number[][] {
  const x = tensor([[0.3, -1.7, 2.5], [NaN, -0, 1e9]]); // biome-ignore format: a matrix
  const y = tensor([1.5, -2, 0]);
  const results = [
    t.add(x, y),
    t.pow(t.abs(x), y),
    t.maximum(x, y),
    t.where(t.gt(x, y), x, y),
    t.round(x),
    t.gelu(x),
    t.cast(x, "bool"),
    t.add(t.gt(x, 0), t.gt(y, 0)),
    t.clamp(x, { min: -1, max: 1 }),
    t.sum(x, 0),
    t.amax(x, 1),
    t.prod(x),
    new t.Rng(3).normal([4]),
  ];
  return results.map((r) => Array.from(r.data));
}

/** A constructor in the place of `Function` that counts its calls and throws. */
function forbid(error: Error) {
  const calls = { count: 0 };
  vi.stubGlobal(
    "Function",
    class {
      constructor() {
        calls.count++;
        throw error;
      }
    },
  );
  return calls;
}

afterEach(() => vi.unstubAllGlobals());

test("where generated code is forbidden, expressions are interpreted, with the same values", async () => {
  const expected = compute(await load());
  const calls = forbid(new EvalError("Refused to evaluate a string as JavaScript: 'unsafe-eval' is not allowed"));
  const found = compute(await load());
  expect(calls.count).toBe(1); // and is not asked again
  expect(found).toEqual(expected);
});

test("another error in generated code is not taken for a policy", async () => {
  const t = await load();
  forbid(new SyntaxError("broken"));
  expect(() => t.add(t.ones([2]), 1)).toThrow("broken");
});
