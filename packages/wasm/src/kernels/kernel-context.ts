import type { Callable, FunctionBuilder } from "../assembler/function-builder.ts";
import type { ModuleBuilder } from "../assembler/module-builder.ts";
import type { Local } from "../assembler/value-types.ts";
import type { Engine } from "../engine/engine.ts";

const f64 = ["f64"] as const;

/** What kernels call of JavaScript. */
export const hostImports = {
  /** Throws the error that check `id` stands for: the value at this position of an index tensor is out of range. */
  refuseIndex: { params: ["i32", "i32"] },
  /** Runs part `id` of the program, which has no kernel, in JavaScript. */
  runReference: { params: ["i32"] },
  exp: { params: f64, result: "f64" },
  expm1: { params: f64, result: "f64" },
  log: { params: f64, result: "f64" },
  log1p: { params: f64, result: "f64" },
  sin: { params: f64, result: "f64" },
  cos: { params: f64, result: "f64" },
  tanh: { params: f64, result: "f64" },
  erf: { params: f64, result: "f64" },
  pow: { params: ["f64", "f64"], result: "f64" },
} as const;

export type HostImports = typeof hostImports;

/** What the kernels of one module share. */
export class KernelContext {
  readonly module: ModuleBuilder<HostImports>;
  readonly engine: Engine;
  /** The address of a float32 constant. */
  readonly constant: (value: number) => number;
  private readonly made = new Map<string, Callable>();

  /** @param constant puts a float32 into memory for good, if it is not there yet, and returns its address */
  constructor(module: ModuleBuilder<HostImports>, engine: Engine, constant: (value: number) => number) {
    this.module = module;
    this.engine = engine;
    this.constant = constant;
  }

  /** The function of that key; written the first time it is asked for. The key names every number the code depends on. */
  function<F extends Callable>(key: string, make: () => F): F {
    const known = this.made.get(key);
    // A key belongs to one kind of function.
    if (known) return known as F;
    const made = make();
    this.made.set(key, made);
    return made;
  }
}

/** `acc += a · b`, as the engine does it best. @param bare whether that is in the one loop of a tile's own function */
export function multiplyAdd(
  { engine }: KernelContext,
  f: FunctionBuilder,
  acc: Local<"v128">,
  a: Local<"v128">,
  b: Local<"v128">,
  bare = true,
): void {
  const { get, set, f32x4 } = f;
  if (engine.relaxedMadd && (bare || !engine.bareTiles)) set(acc, f32x4.relaxedMadd(get(a), get(b), get(acc)));
  else set(acc, f32x4.add(get(acc), f32x4.mul(get(a), get(b))));
}
