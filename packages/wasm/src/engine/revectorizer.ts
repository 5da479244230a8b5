/** What is used of Node's module "node:v8". */
interface V8 {
  setFlagsFromString(flag: string): void;
}

/** The first version of Node whose V8 has a revectorizer that works. */
const firstMajor = 24;

/** What is used of Node's global `process`; absent in browsers and elsewhere. */
interface NodeProcess {
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: "node:v8"): V8;
}

function nodeV8(): V8 | undefined {
  // A global that exists in Node only, and has no type here.
  const { process } = globalThis as { process?: NodeProcess };
  if (Number.parseInt(process?.versions?.node ?? "0", 10) < firstMajor) return undefined;
  return process?.getBuiltinModule?.("node:v8");
}

/** Whether V8 can be told to make 256-bit instructions of pairs of 128-bit ones. */
export const hasRevectorizer = (): boolean => nodeV8() !== undefined;

/**
 * Runs `compile` with V8's revectorizer on. Code is optimised while the flag is on, all of it and at once, and stays as it is when the flag is off
 * again, which it is afterwards: the process has nothing else to suffer from.
 */
export function withRevectorizer<T>(compile: () => T): T {
  const v8 = nodeV8();
  if (!v8) return compile();
  const set = (flags: readonly string[]) => {
    for (const flag of flags) v8.setFlagsFromString(flag);
  };
  set(["--experimental-wasm-revectorize", "--no-liftoff", "--no-wasm-lazy-compilation"]);
  try {
    return compile();
  } finally {
    set(["--no-experimental-wasm-revectorize", "--liftoff", "--wasm-lazy-compilation"]);
  }
}
