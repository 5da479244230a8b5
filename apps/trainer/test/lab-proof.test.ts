import { describe, expect, it } from "vitest";
import { checkProof, explainProof, largestOf, type ProofRow, prove } from "../src/lab/proof.ts";

const row = (difference: number, dtype: ProofRow["dtype"] = "float32"): ProofRow => ({
  side: 1,
  dtype,
  output: 0,
  inputGradient: 0,
  weightGradient: difference,
  biasGradient: 0,
  afterTenSteps: 0,
});

describe("the proof that a 1×1 convolution is a dense layer", () => {
  it.each([0, 1, 2])("holds up to rounding (seed %i)", (seed) => {
    const rows = prove(seed);
    expect(rows.map(({ side, dtype }) => `${side} ${dtype}`)).toEqual([
      "1 float32",
      "14 float32",
      "1 float64",
      "14 float64",
    ]);
    expect(largestOf(rows, "float32")).toBeLessThanOrEqual(1e-6);
    expect(largestOf(rows, "float64")).toBeLessThanOrEqual(1e-14);
    expect(() => checkProof(rows)).not.toThrow();
  });

  it("fails when the layers differ by more than rounding, or by NaN", () => {
    expect(() => checkProof([row(2e-6)])).toThrow("differ by 0.000002");
    expect(() => checkProof([row(Number.NaN)])).toThrow("differ by NaN");
  });

  it("is explained as it came out", () => {
    const explain = (single: number, double: number) => explainProof([row(single), row(double, "float64")]);
    expect(explain(0, 0)).toBe("In float32 both are equal to the last bit. In float64 both are equal to the last bit.");
    expect(explain(3e-8, 0)).toContain("In float32 the largest difference is 3.0e-8.");
    expect(explain(3e-8, 0)).toContain("not in the same order");
  });
});
