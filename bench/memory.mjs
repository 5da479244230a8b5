/** What a process holds, before and after some steps. Garbage is collected first, so the process must be started with --expose-gc. */

/**
 * @typedef {{ wasm: number, heap: number, resident: number }} Memory bytes: of WebAssembly's memory, of live JavaScript objects, of the
 *   whole process as the system counts it
 */

/**
 * @param {() => Promise<unknown>} run
 * @param {() => number} wasmBytes
 * @returns {Promise<{ before: Memory, after: Memory }>}
 */
export async function memoryAround(run, wasmBytes) {
  const before = measureMemory(wasmBytes);
  await run();
  return { before, after: measureMemory(wasmBytes) };
}

/**
 * @param {() => number} wasmBytes
 * @returns {Memory}
 */
function measureMemory(wasmBytes) {
  if (!globalThis.gc) throw new Error("started without --expose-gc");
  for (let i = 0; i < 2; i++) globalThis.gc(); // what only finalizers held goes the second time
  const { heapUsed, rss } = process.memoryUsage();
  return { wasm: wasmBytes(), heap: heapUsed, resident: rss };
}
