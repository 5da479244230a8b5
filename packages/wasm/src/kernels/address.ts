import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { I32, Local } from "../assembler/value-types.ts";

/** A place in memory, in bytes: fixed, or so far beyond what a local holds. */
export interface Address {
  readonly base?: Local<"i32"> | undefined;
  readonly offset: number;
}

export const at = (offset: number, base?: Local<"i32">): Address => ({ base, offset });

/** The part of an address that an instruction takes from the stack; `offset` goes into the instruction. */
export function base(f: FunctionBuilder, { base }: Address): I32 {
  return base ? f.get(base) : f.i32.const(0);
}

/** The address as one number on the stack. */
export function absolute(f: FunctionBuilder, { base, offset }: Address): I32 {
  if (!base) return f.i32.const(offset);
  return offset === 0 ? f.get(base) : f.i32.add(f.get(base), f.i32.const(offset));
}

/** A new local that holds the address, to be moved along. */
export function pointer(f: FunctionBuilder, address: Address): Local<"i32"> {
  const local = f.local("i32");
  f.set(local, absolute(f, address));
  return local;
}
