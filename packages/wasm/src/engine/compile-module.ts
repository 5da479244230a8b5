import type { Engine } from "./engine.ts";
import { hasRelaxedSimd } from "./features.ts";
import { withRelaxedSimd, withRevectorizer } from "./v8-flags.ts";

/** The module, compiled in the way that its engine needs. */
export function compileModule(bytes: Uint8Array<ArrayBuffer>, engine: Engine): WebAssembly.Module {
  const compile = () => new WebAssembly.Module(bytes);
  if (engine.revectorize) return withRevectorizer(compile);
  return engine.relaxedMadd && !hasRelaxedSimd() ? withRelaxedSimd(compile) : compile();
}
