import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { V128 } from "../assembler/value-types.ts";

/** All bits of the first `lanes` lanes of 32 bits. */
export const laneMask = ({ v128 }: FunctionBuilder, lanes: number): V128 =>
  v128.const(Uint8Array.from({ length: 16 }, (_, i) => (i < 4 * lanes ? 255 : 0)));
