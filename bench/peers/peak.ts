/**
 * No peer, but what Pointwise's engine could reach at most: as many multiply-adds as a kernel has, all in registers. Measured beside the kernels,
 * since the clock of a machine moves.
 */
import { compileModule, currentEngine, type Engine, ModuleBuilder } from "@pointwise/wasm";
import { Cannot, oneByOne, serve } from "../serve.mjs";
import { chooseEngine } from "./engine.ts";

/** Multiplications and additions in a multiply-add of 4 lanes. */
const flopsOfOne = 8;
/** Where operands and sums lie, in bytes; they are loaded at the start, as V8 fuses only what stems from memory. */
const [factors, sums] = [0, 64];

/**
 * Sums that do not depend on each other, as many as hide the latency of an addition and fit the 15 registers beside the factors. Revectorized, neighbours
 * share a register.
 */
const sumsOf = ({ revectorize }: Engine): number => (revectorize ? 24 : 12);

function makeLoop(engine: Engine, flops: number): () => void {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  new Float32Array(memory.buffer).fill(0.5, factors, 16); // 0.25 is added at each turn: no sum gets denormal or infinite
  const module = new ModuleBuilder({});
  const f = module.function("peak", { params: [] });
  const { get, set, i32, v128, f32x4 } = f;
  const [a0, a1, b0, b1] = [0, 1, 2, 3].map((i) => {
    const factor = f.local("v128");
    set(factor, v128.load(i32.const(factors), 16 * i));
    return factor;
  });
  const accumulators = f.localArray("v128", sumsOf(engine));
  accumulators.forEach((sum, i) => {
    set(sum, v128.load(i32.const(sums), 16 * i));
  });
  f.repeat(Math.round(flops / (flopsOfOne * accumulators.length)), () => {
    accumulators.forEach((sum, i) => {
      const [a, b] = engine.revectorize && i % 2 === 1 ? [a1!, b1!] : [a0!, b0!];
      if (engine.relaxedMadd) set(sum, f32x4.relaxedMadd(get(a), get(b), get(sum)));
      else set(sum, f32x4.add(get(sum), f32x4.mul(get(a), get(b))));
    });
  });
  accumulators.forEach((sum, i) => {
    v128.store(i32.const(sums), get(sum), 16 * i);
  });
  module.export(f);
  const instance = new WebAssembly.Instance(compileModule(module.encode(), engine), { env: { memory } });
  // The one export of this module.
  return instance.exports.peak as () => void;
}

await serve({
  version: `Node ${process.versions.node}`,
  prepare: (workload) => {
    chooseEngine();
    const engine = currentEngine();
    if (!engine) throw new Cannot("there is no WebAssembly SIMD");
    if (workload.kind !== "kernel") throw new Cannot("only measured beside kernels");
    const loop = makeLoop(engine, workload.flops);
    return oneByOne(() => {
      loop();
      return 0;
    });
  },
});
