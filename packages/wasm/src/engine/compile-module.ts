import type { Engine } from "./engine.ts";
import { withRevectorizer } from "./revectorizer.ts";

/** The module, compiled in the way that its engine needs. */
export function compileModule(bytes: Uint8Array<ArrayBuffer>, engine: Engine): WebAssembly.Module {
  const compile = () => new WebAssembly.Module(bytes);
  return engine.revectorize ? withRevectorizer(compile) : compile();
}
