/** Which numbers a field takes, and what it starts with. */
export interface NumberRule {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
  /** Between two numbers that arrow keys go to. Where it is whole, so must the numbers be. */
  readonly step: number;
}

export const whole = (least: number, most: number, usual: number): NumberRule => ({ least, most, usual, step: 1 });

export const real = (least: number, most: number, usual: number, step: number): NumberRule => ({
  least,
  most,
  usual,
  step,
});

/** Why a number cannot be; nothing if it can. */
export function refuseNumber(value: number, { least, most, step }: NumberRule): string | undefined {
  const isWhole = Number.isInteger(step);
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return undefined;
  return `A ${isWhole ? "whole number" : "number"} from ${least} to ${most}.`;
}
