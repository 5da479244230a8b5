import { isGradEnabled, mul, tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { enableGrad, noGrad } from "./index.ts";

const x = tensor([1, 2]);
x.requiresGrad = true;

test("noGrad keeps no graph, and returns what the function returns", () => {
  expect(mul(x, x).tracked).toBe(true);
  expect(noGrad(() => mul(x, x)).tracked).toBe(false);
  expect(noGrad(() => 7)).toBe(7);
});

test("enableGrad and noGrad nest", () => {
  const modes = noGrad(() => {
    const inner = enableGrad(() => [isGradEnabled(), noGrad(isGradEnabled), isGradEnabled()]);
    return [isGradEnabled(), ...inner, isGradEnabled()];
  });
  expect(modes).toEqual([false, true, false, true, false]);
  expect(isGradEnabled()).toBe(true);
});

test("the mode is restored when the function throws", () => {
  const failing = () => {
    throw new Error("oh");
  };
  expect(() => noGrad(failing)).toThrow("oh");
  expect(isGradEnabled()).toBe(true);
  expect(() => noGrad(() => enableGrad(failing))).toThrow("oh");
  expect(isGradEnabled()).toBe(true);
});

test("asynchronous functions are refused: the mode could not follow them", () => {
  expect(() => noGrad(async () => 1)).toThrow(/noGrad: the function is asynchronous/);
  expect(() => enableGrad(() => Promise.reject(new Error("oh")))).toThrow(/enableGrad: the function is asynchronous/);
  expect(isGradEnabled()).toBe(true);
});
