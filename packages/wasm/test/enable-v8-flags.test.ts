import { expect, test, vi } from "vitest";
import { currentEngine, enableV8Flags } from "../src/index.ts";

const outcomes = [false, true, false];
vi.mock("../src/engine/self-test.ts", () => ({
  isRightAndFaster: () => outcomes.shift(),
  isRightAndFused: () => outcomes.shift(),
}));

test("within one process the choice does not change with the outcome of a test of speed", () => {
  const first = [enableV8Flags(), currentEngine()];
  expect([enableV8Flags(), currentEngine()]).toEqual(first);
  expect([enableV8Flags(), currentEngine()]).toEqual(first);
});
