/** Code that WebAssembly would refuse: a mistake in a kernel, not in its user's input. */
export class AssemblerError extends Error {
  override readonly name = "AssemblerError";
}
