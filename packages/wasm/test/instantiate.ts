import {
  compileModule,
  type Engine,
  type HostImports,
  hostImports,
  KernelContext,
  ModuleBuilder,
} from "../src/index.ts";

/** Addresses below this are for constants; tests put their data above. */
export const dataStart = 4096;

export interface Instance {
  readonly memory: WebAssembly.Memory;
  /** The exported functions, by name. */
  readonly exports: Readonly<Record<string, (...args: number[]) => number>>;
  readonly bytes: Uint8Array;
}

const unexpected = (name: string) => (): never => {
  throw new Error(`A kernel called ${name}.`);
};

/** A module of kernels with a memory of its own. `write` writes functions and exports them. */
export function instantiate(
  engine: Engine,
  write: (context: KernelContext) => void,
  {
    pages = 64,
    host = {},
  }: { pages?: number; host?: Partial<Record<keyof HostImports, (...x: number[]) => number>> } = {},
): Instance {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536 });
  const constants: number[] = [];
  const addressOfConstant = (value: number) => {
    const known = constants.findIndex((constant) => Object.is(constant, value));
    const position = known >= 0 ? known : constants.push(value) - 1;
    const address = 64 + 4 * position;
    if (address + 4 > dataStart) throw new Error("Too many constants.");
    new Float32Array(memory.buffer, address, 1)[0] = value;
    return address;
  };
  const context = new KernelContext(new ModuleBuilder(hostImports), engine, addressOfConstant);
  write(context);
  const bytes = context.module.encode();
  const imports = Object.fromEntries(Object.keys(hostImports).map((name) => [name, unexpected(name)]));
  const instance = new WebAssembly.Instance(compileModule(bytes, engine), { env: { memory, ...imports, ...host } });
  // All exports of these modules are functions of numbers.
  return { memory, exports: instance.exports as Instance["exports"], bytes };
}
