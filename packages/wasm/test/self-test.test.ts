import { expect, test } from "vitest";
import { isRightAndFused } from "../src/engine/self-test.ts";
import { relaxedSimdBareTiles, simd128 } from "../src/index.ts";

test("whether multiply-add is fused is told by its bits, again and again the same", () => {
  expect(isRightAndFused(simd128)).toBe(false); // it never is there
  const fused = isRightAndFused(relaxedSimdBareTiles); // the processor's affair
  for (let i = 0; i < 20; i++) expect(isRightAndFused(relaxedSimdBareTiles)).toBe(fused);
});
