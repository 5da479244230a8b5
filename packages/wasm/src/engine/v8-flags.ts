/** What is used of Node's module "node:v8". */
interface V8 {
  setFlagsFromString(flag: string): void;
}

/** What is used of Node's global `process`; absent in browsers and elsewhere. */
interface NodeProcess {
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: "node:v8"): V8;
}

// A global that exists in Node only, and has no type here.
const nodeProcess = () => (globalThis as { process?: NodeProcess }).process;

/** What comes after `--`, and what does away with it afterwards. */
type Flag = readonly [on: string, off: string];

const relaxedSimdFlags: readonly Flag[] = [["experimental-wasm-relaxed-simd", "no-experimental-wasm-relaxed-simd"]];

/** All code is optimised when it is compiled, none first translated in haste. */
const optimisedFlags: readonly Flag[] = [
  ["no-liftoff", "liftoff"],
  ["no-wasm-lazy-compilation", "wasm-lazy-compilation"],
];

const revectorizerFlags: readonly Flag[] = [
  ["experimental-wasm-revectorize", "no-experimental-wasm-revectorize"],
  ...optimisedFlags,
];

const nodeMajor = (): number => Number.parseInt(nodeProcess()?.versions?.node ?? "0", 10);

/** Whether V8 can be told to make 256-bit instructions of pairs of 128-bit ones: from Node 24 on, in a way that works. */
export const hasRevectorizer = (): boolean => nodeMajor() >= 24;

/** Whether V8 can be told to know fused multiply-add: Node 20, whose V8 has it, unfinished in other parts of relaxed SIMD. */
export const hasHiddenRelaxedSimd = (): boolean => nodeMajor() === 20;

/** Runs `compile` with fused multiply-add known to V8. What is compiled keeps it; the flag is off afterwards. */
export const withRelaxedSimd = <T>(compile: () => T): T => withFlags(relaxedSimdFlags, compile);

/** Runs `compile` with V8's revectorizer on. What is compiled stays as it is when the flags are off again, which they are afterwards. */
export const withRevectorizer = <T>(compile: () => T): T => withFlags(revectorizerFlags, compile);

/** Runs `compile` with all that it compiles optimised at once. */
export const withOptimisedCode = <T>(compile: () => T): T => withFlags(optimisedFlags, compile);

function withFlags<T>(flags: readonly Flag[], compile: () => T): T {
  const v8 = nodeProcess()?.getBuiltinModule?.("node:v8");
  if (!v8) return compile();
  for (const [on] of flags) v8.setFlagsFromString(`--${on}`);
  try {
    return compile();
  } finally {
    for (const [, off] of flags) v8.setFlagsFromString(`--${off}`);
  }
}
