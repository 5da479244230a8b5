import { type DType, isGradEnabled, type Shape, sameShape, structureVersion, type Tensor } from "@pointwise/tensor";

/** What a trace depends on besides the values of tensors. */
export interface Signature {
  readonly args: readonly { readonly shape: Shape; readonly dtype: DType }[];
  readonly gradEnabled: boolean;
  /** Of modules and the like: see `structureVersion`. */
  readonly structure: number;
}

export function signatureOf(args: readonly Tensor[]): Signature {
  return {
    args: args.map(({ shape, dtype }) => ({ shape, dtype })),
    gradEnabled: isGradEnabled(),
    structure: structureVersion(),
  };
}

/** Whether a call with these arguments, now, is one of that signature. Runs before every call, so it allocates nothing. */
export function matches({ args: known, gradEnabled, structure }: Signature, args: readonly Tensor[]): boolean {
  if (structure !== structureVersion() || gradEnabled !== isGradEnabled() || known.length !== args.length) return false;
  for (let i = 0; i < args.length; i++) {
    const a = known[i]!;
    const b = args[i]!;
    if (a.dtype !== b.dtype || (a.shape !== b.shape && !sameShape(a.shape, b.shape))) return false;
  }
  return true;
}
