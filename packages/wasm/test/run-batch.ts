import { expect } from "vitest";
import { at, type BatchKernel, type Engine, type KernelContext } from "../src/index.ts";
import { dataStart, instantiate } from "./instantiate.ts";

export const batch = 2;
/** Bytes on both sides of an output that must stay as they were. */
const margin = 64;

export interface Part {
  readonly values: Float32Array;
  /** Elements a picture; 0 if all pictures share them. */
  readonly step: number;
}

/** Runs a kernel on a batch, in memory full of NaN; gives the output, and checks that nothing beside it changed. */
export function runBatch(
  engine: Engine,
  make: (context: KernelContext, addresses: Readonly<Record<string, number>>) => BatchKernel<never>,
  inputs: Record<string, Part>,
  output: string,
): Float32Array {
  let next = dataStart;
  const reserve = (bytes: number) => {
    const address = Math.ceil(next / 64) * 64;
    next = address + bytes;
    return address;
  };
  const addresses = Object.fromEntries(
    Object.entries(inputs).map(([name, { values }]) => [name, reserve(values.length * 4 + 2 * margin) + margin]),
  );
  reserve(256);
  const { memory, exports } = instantiate(
    engine,
    (context) => {
      const kernel = make(context, addresses);
      const scratch = Object.fromEntries(Object.entries(kernel.scratch).map(([name, bytes]) => [name, reserve(bytes)]));
      for (const phase of ["before", "each", "after"] as const) {
        const f = context.module.function(phase, { params: ["i32"] });
        const picture = f.args[0];
        const places = Object.entries(inputs).map(([name, { step }]) => {
          if (step === 0 || phase !== "each") return [name, at(addresses[name]!)];
          const local = f.local("i32");
          f.set(local, f.i32.mul(f.get(picture), f.i32.const(4 * step)));
          return [name, at(addresses[name]!, local)];
        });
        // Each kernel has names of its own for its addresses: the caller gave them.
        kernel[phase]?.(f, { ...Object.fromEntries(places), scratch } as never);
        context.module.export(f);
      }
    },
    { pages: 48 },
  );
  const all = new Float32Array(memory.buffer);
  all.fill(Number.NaN, dataStart / 4);
  for (const [name, { values }] of Object.entries(inputs)) {
    const start = addresses[name]! / 4;
    all.fill(12345, start - margin / 4, start + values.length + margin / 4);
    if (name !== output) all.set(values, start);
  }
  exports.before!(0);
  for (let n = 0; n < batch; n++) exports.each!(n);
  exports.after!(0);
  const start = addresses[output]! / 4;
  const { length } = inputs[output]!.values;
  const around = [
    ...all.subarray(start - margin / 4, start),
    ...all.subarray(start + length, start + length + margin / 4),
  ];
  expect(around.every((value) => value === 12345)).toBe(true);
  return all.slice(start, start + length);
}

export function randomValues(length: number, seed: number): Float32Array {
  let state = seed * 2 + 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  });
}

export function expectClose(found: Float32Array, expected: Float64Array, terms: number): void {
  const worst = found.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - expected[i]!) || (Number.isNaN(value) ? 9 : 0)),
    0,
  );
  expect(worst).toBeLessThan(1e-6 * (4 + terms));
}
