import { setAccelerator } from "@pointwise/tensor";
import type { Engine } from "@pointwise/wasm";
import fc from "fast-check";
import { beforeAll, describe, test, vi } from "vitest";
import { engines } from "../../wasm/test/engines.ts";
import { compile } from "../src/index.ts";
import { type Case, RandomFunction } from "./random-kernels/cases.ts";
import { expectSame } from "./random-kernels/expect-same.ts";
import { allRules, families } from "./random-kernels/families.ts";

// Eager mode is the oracle, so it must not use the same kernels.
beforeAll(() => setAccelerator(undefined));

const runs = Math.ceil(160 / engines.length);

const chosen = vi.hoisted(() => ({ engine: undefined as Engine | undefined })); // each group of tests chooses
vi.mock("@pointwise/wasm", async (original) => ({
  ...(await original<typeof import("@pointwise/wasm")>()),
  currentEngine: () => chosen.engine,
}));

function check(c: Case): void {
  const random = new RandomFunction(c, allRules);
  const eager = (dtype: "float32" | "float64") => random.outputs(dtype, (f) => f);
  try {
    expectSame(random.outputs("float32", compile), eager("float32"), () => eager("float64"), random.exact);
  } catch (error) {
    const text = error instanceof Error ? error.stack : String(error);
    throw new Error(`${text}\n\nThe program (${c.mode}):\n${random.program.lines.join("\n")}\n`);
  }
}

describe.each(engines)("compiled for $name: values, gradients and states are those of eager mode", (engine) => {
  beforeAll(() => {
    chosen.engine = engine;
  });
  test.each(Object.entries(families))("%s", (_, cases) => {
    fc.assert(fc.property(cases, check), { numRuns: runs });
  });
});
