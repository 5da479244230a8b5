let version = 0;

/**
 * Counts changes that the values of tensors do not show, but that change what a function of tensors computes: a module that is
 * switched between training and evaluation, a parameter that is frozen or made. A compiled function compares it before it runs.
 */
export const structureVersion = (): number => version;

/** To be called by whatever makes such a change. */
export function changeStructure(): void {
  version++;
}
