import { expect, test } from "vitest";
import { drift, largestDifference, lossBound } from "./soak/compare.ts";
import { judgeMemory } from "./soak/judge-memory.ts";

const MiB = 2 ** 20;

/** What is measured after so many rounds, up and down a little, with something added. */
const measured = (rounds: number, add: (round: number) => Partial<Record<"heap" | "wasm" | "resident", number>>) =>
  Array.from({ length: rounds }, (_, round) => {
    const noise = ((round * 7919) % 13) / 13;
    const { heap = 0, wasm = 0, resident = 0 } = add(round);
    return { heap: (12 + noise / 2) * MiB + heap, wasm: 6 * MiB + wasm, resident: (140 + 8 * noise) * MiB + resident };
  });

test.each([12, 40, 1000])("memory that goes up and down is flat (%i rounds)", (rounds) => {
  expect(judgeMemory(measured(rounds, () => ({}))).faults).toEqual([]);
});

test("what grows is named: a little each round, at once, or in no more than a few bytes at a time", () => {
  const faults = (rounds: number, add: Parameters<typeof measured>[1]) => judgeMemory(measured(rounds, add)).faults;
  expect(faults(20, (round) => ({ heap: 0.2 * MiB * round }))).toEqual([
    expect.stringMatching(/^JavaScript: grew by \d+\.\d KiB a round, more than 128\.0 KiB\.$/),
  ]);
  expect(faults(1000, (round) => ({ heap: 8000 * round }))).toEqual([
    expect.stringMatching(/^JavaScript: grew by \d\.\d MiB, more than 4\.0 MiB\.$/),
  ]);
  expect(faults(40, (round) => ({ wasm: round < 20 ? 0 : 10 * MiB }))).toEqual([
    expect.stringMatching(/^WebAssembly: grew by 10\.0 MiB, more than 8\.0 MiB\.$/),
  ]);
  expect(faults(20, (round) => ({ resident: 4 * MiB * round }))).toEqual([
    expect.stringMatching(/^process: grew by \d+\.\d MiB, more than 32\.0 MiB\.$/),
    expect.stringMatching(/^process: grew by .* a round, more than 2048\.0 KiB\.$/),
  ]);
});

test("a training drifts if one bit of a loss or of a weight differs", () => {
  const first = { losses: [1.5, 1.25, 0], weights: "ab" };
  expect(drift({ ...first }, first)).toBeUndefined();
  expect(drift({ ...first, losses: [1.5, 1.25 + 2 ** -23, 0] }, first)).toMatch(/^loss 2 is 1\.2500001.*but was 1\.25/);
  expect(drift({ ...first, losses: [1.5, 1.25, -0] }, first)).toMatch(/^loss 3/);
  expect(drift({ ...first, weights: "ac" }, first)).toMatch(/^the weights at the end/);
});

test("a loss that is off the reference's, or is none, is over the bound", () => {
  expect(largestDifference([1, 200], [1 + 1e-6, 200.001])).toBeLessThan(lossBound);
  expect(largestDifference([1], [1.0001])).toBeGreaterThan(lossBound);
  expect(largestDifference([Number.NaN], [1]) <= lossBound).toBe(false);
});
