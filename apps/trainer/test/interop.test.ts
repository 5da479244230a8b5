import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { exportOnnx } from "@pointwise/formats";
import { Module } from "@pointwise/layers";
import { add, type Tensor, tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { bound, difference, differenceByName } from "./interop/difference.ts";
import { type Given, readLayerFixtures } from "./interop/given.ts";
import { structures } from "./interop/structures.ts";
import { comeBack, travel } from "./interop/trip.ts";

const script = fileURLToPath(new URL("../../../scripts/verify-interop.mjs", import.meta.url));
const fixtures = readLayerFixtures(
  fileURLToPath(new URL("../../../packages/layers/test/fixtures/layers.json", import.meta.url)),
);
type Named = ReadonlyMap<string, Tensor>;

const changed = (x: Tensor) => add(x, 1e-3);
const changedAt = (name: string, values: Named): Named => new Map(values).set(name, changed(values.get(name)!));

test("a difference is seen wherever it is", () => {
  const x = tensor([1, -200, 0]);
  expect(difference(x, x)).toBe(0);
  expect(difference(tensor([1, -200, 1e-4]), x)).toBeCloseTo(1e-4);
  expect(difference(tensor([1, -201, 0]), x)).toBeCloseTo(1 / 200);
  for (const other of [tensor([1, Number.NaN, 0]), tensor([1, -200]), tensor([1, -200, Number.POSITIVE_INFINITY])]) {
    expect(difference(other, x)).toBe(Number.POSITIVE_INFINITY);
    expect(difference(x, other)).toBe(Number.POSITIVE_INFINITY);
  }
  const named = (...names: string[]) => new Map(names.map((name) => [name, x]));
  expect(differenceByName(named("a", "b"), named("b", "a"))).toBe(0);
  expect(differenceByName(named("a"), named("a", "b"))).toBe(Number.POSITIVE_INFINITY);
  expect(differenceByName(named("a", "b"), named("a"))).toBe(Number.POSITIVE_INFINITY);
});

test("a layer of PyTorch is compared in training mode and in ONNX Runtime", async () => {
  for (const name of ["layers/Linear", "layers/BatchNorm2d", "layers/Embedding"]) {
    const { legs } = await travel(structures.get(name)!(), fixtures.get(name)!);
    expect(Object.keys(legs), name).toEqual(["training", "onnxRuntime"]);
    expect(Math.max(...Object.values(legs)), name).toBeLessThan(bound);
  }
});

test("a weight, an output, a gradient or a statistic that is not PyTorch's is seen", async () => {
  const name = "layers/BatchNorm2d, evaluation";
  const given = fixtures.get(name)!;
  const { state, output, training } = given;
  const { grads, after } = training!;
  /** The legs that are above the bound. */
  const tooFar = async (change: Partial<Given>) => {
    const { legs } = await travel(structures.get(name)!(), { ...given, ...change });
    return Object.entries(legs).flatMap(([leg, found]) => (found > bound ? [leg] : []));
  };
  expect(await tooFar({})).toEqual([]);
  expect(await tooFar({ state: changedAt("weight", state) })).toEqual(["here", "training"]);
  expect(await tooFar({ output: changed(output!) })).toEqual(["here"]);
  expect(await tooFar({ training: { ...training!, grads: changedAt("bias", grads) } })).toEqual(["training"]);
  expect(await tooFar({ training: { ...training!, after: changedAt("running_var", after) } })).toEqual(["training"]);
  expect(await tooFar({ onnx: exportOnnx(changed, given.input) })).toEqual(["fromOnnx"]);
});

test("an ONNX file that does something else is seen", async () => {
  class Drifting extends Module {
    calls = 0;
    forward(x: Tensor) {
      return add(x, this.calls++ * 1e-3);
    }
  }
  const { legs } = await travel(new Drifting(), { state: new Map(), input: tensor([1, 2]) });
  expect(legs.onnxRuntime).toBeCloseTo(1e-3);
});

test("a model that PyTorch took in another way is seen", async () => {
  const { state, input } = fixtures.get("layers/Linear")!;
  const trip = await travel(structures.get("layers/Linear")!(), { state, input });
  const { output, stateDict } = trip;
  expect(comeBack(trip, { output, state: stateDict })).toBe(0);
  expect(comeBack(trip, { output: changed(output), state: stateDict })).toBeGreaterThan(bound);
  expect(comeBack(trip, { output, state: changedAt("bias", stateDict) })).toBeGreaterThan(bound);
});

test("a missing PyTorch is explained", async () => {
  const child = spawn(process.execPath, [script], { env: { ...process.env, PYTHONHOME: "/nowhere" } });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(2);
  expect(stderr).toContain("on Debian by `apt-get install python3-torch`, or run this with --without-pytorch");
});
